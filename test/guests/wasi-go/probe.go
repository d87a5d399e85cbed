// A command-line program that does one thing per run, as its arguments say, and tells how it went: `ok: …` on stdout, or
// `error: N` with the errno of WASI.
package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"sort"
	"strconv"
	"strings"
	"syscall"
	"time"
)

func main() {
	arg := func(i int) string {
		if i < len(os.Args) {
			return os.Args[i]
		}
		return ""
	}
	text, err := run(arg(1), arg(2), arg(3))
	var errno syscall.Errno
	switch {
	case errors.As(err, &errno):
		fmt.Printf("error: %d\n", int(errno))
	case err != nil:
		fmt.Printf("error: %v\n", err)
	case text != "":
		fmt.Printf("ok: %s\n", text)
	}
}

func run(what, a, b string) (string, error) {
	switch what {
	case "args", "":
		text := strconv.Itoa(len(os.Args))
		for _, arg := range os.Args {
			text += " [" + arg + "]"
		}
		return text, nil
	case "read":
		bytes, err := os.ReadFile(a)
		return string(bytes), err
	case "write":
		return "written", os.WriteFile(a, []byte(b), 0o666)
	case "append":
		file, err := os.OpenFile(a, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
		if err != nil {
			return "", err
		}
		defer file.Close()
		_, err = file.WriteString(b)
		return "written", err
	case "list":
		entries, err := os.ReadDir(a)
		names := []string{}
		for _, entry := range entries {
			names = append(names, entry.Name())
		}
		sort.Strings(names)
		return strings.Join(names, " "), err
	case "stat":
		info, err := os.Stat(a)
		if err != nil {
			return "", err
		}
		kind := "file"
		if info.IsDir() {
			kind = "folder"
		}
		return fmt.Sprintf("%s %d", kind, info.Size()), nil
	case "mkdir":
		return "made", os.Mkdir(a, 0o777)
	case "remove":
		return "removed", os.Remove(a)
	case "rename":
		return "renamed", os.Rename(a, b)
	case "link":
		return "linked", os.Link(a, b)
	case "symlink":
		return "linked", os.Symlink(a, b)
	case "env":
		if value, found := os.LookupEnv(a); found {
			return "[" + value + "]", nil
		}
		return "none", nil
	case "stdin":
		bytes, err := io.ReadAll(os.Stdin)
		return string(bytes), err
	case "print":
		os.Stdout.WriteString(a)
		os.Stderr.WriteString(b)
		return "", nil
	case "random":
		var bytes, zeroes [16]byte
		_, err := rand.Read(bytes[:])
		if bytes == zeroes {
			return "zeroes", err
		}
		return "random", err
	case "time":
		return strconv.FormatInt(time.Now().Unix(), 10), nil
	case "sleep":
		before := time.Now()
		time.Sleep(20 * time.Millisecond)
		if time.Since(before) >= 19*time.Millisecond {
			return "slept", nil
		}
		return "woke early", nil
	case "exit":
		code, err := strconv.Atoi(a)
		os.Stdout.WriteString(b)
		os.Exit(code)
		return "", err
	case "panic":
		panic(a)
	}
	return "", errors.New("unknown " + what)
}
