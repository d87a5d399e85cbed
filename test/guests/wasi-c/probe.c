// A command-line program that does one thing per run, as its arguments say, and tells how it went: `ok: …` on stdout, or
// `error: N` with the errno of WASI.
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static int failed(void) {
  printf("error: %d\n", errno);
  return 0;
}

static int by_name(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static int list(const char *path) {
  DIR *dir = opendir(path);
  char *names[64];
  int count = 0;
  if (dir == NULL) return failed();
  for (struct dirent *entry; count < 64 && (entry = readdir(dir)) != NULL;)
    if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) names[count++] = strdup(entry->d_name);
  closedir(dir);
  qsort(names, count, sizeof *names, by_name);
  printf("ok:");
  for (int i = 0; i < count; i++) printf(" %s", names[i]);
  printf("\n");
  return 0;
}

static int copy(FILE *from) {
  int c;
  printf("ok: ");
  while ((c = fgetc(from)) != EOF) putchar(c);
  printf("\n");
  return 0;
}

int main(int argc, char **argv) {
  const char *what = argc > 1 ? argv[1] : "args";
  const char *a = argc > 2 ? argv[2] : "";
  const char *b = argc > 3 ? argv[3] : "";
  if (strcmp(what, "args") == 0) {
    printf("ok: %d", argc);
    for (int i = 0; i < argc; i++) printf(" [%s]", argv[i]);
    printf("\n");
  } else if (strcmp(what, "read") == 0) {
    FILE *file = fopen(a, "r");
    return file == NULL ? failed() : copy(file);
  } else if (strcmp(what, "write") == 0 || strcmp(what, "append") == 0) {
    FILE *file = fopen(a, *what == 'a' ? "a" : "w");
    if (file == NULL || fputs(b, file) < 0 || fclose(file) != 0) return failed();
    printf("ok: written\n");
  } else if (strcmp(what, "list") == 0) {
    return list(a);
  } else if (strcmp(what, "stat") == 0) {
    struct stat s;
    if (stat(a, &s) != 0) return failed();
    printf("ok: %s %d\n", S_ISDIR(s.st_mode) ? "folder" : "file", (int)s.st_size);
  } else if (strcmp(what, "mkdir") == 0) {
    if (mkdir(a, 0777) != 0) return failed();
    printf("ok: made\n");
  } else if (strcmp(what, "remove") == 0) {
    if (unlink(a) != 0) return failed();
    printf("ok: removed\n");
  } else if (strcmp(what, "rename") == 0) {
    if (rename(a, b) != 0) return failed();
    printf("ok: renamed\n");
  } else if (strcmp(what, "symlink") == 0) {
    if (symlink(a, b) != 0) return failed();
    printf("ok: linked\n");
  } else if (strcmp(what, "link") == 0) {
    if (link(a, b) != 0) return failed();
    printf("ok: linked\n");
  } else if (strcmp(what, "env") == 0) {
    const char *value = getenv(a);
    printf(value == NULL ? "ok: none\n" : "ok: [%s]\n", value);
  } else if (strcmp(what, "stdin") == 0) {
    return copy(stdin);
  } else if (strcmp(what, "print") == 0) {
    fputs(a, stdout);
    fputs(b, stderr);
  } else if (strcmp(what, "random") == 0) {
    unsigned char bytes[16] = {0};
    int sum = 0;
    if (getentropy(bytes, sizeof bytes) != 0) return failed();
    for (int i = 0; i < 16; i++) sum |= bytes[i];
    printf("ok: %s\n", sum == 0 ? "zeroes" : "random");
  } else if (strcmp(what, "time") == 0) {
    printf("ok: %lld\n", (long long)time(NULL));
  } else if (strcmp(what, "sleep") == 0) {
    struct timespec before, after, span = {0, 20 * 1000 * 1000};
    clock_gettime(CLOCK_MONOTONIC, &before);
    nanosleep(&span, NULL);
    clock_gettime(CLOCK_MONOTONIC, &after);
    long long ms = (after.tv_sec - before.tv_sec) * 1000LL + (after.tv_nsec - before.tv_nsec) / 1000000;
    printf("ok: %s\n", ms >= 19 ? "slept" : "woke early");
  } else if (strcmp(what, "exit") == 0) {
    fputs(b, stdout);
    exit(atoi(a));
  } else if (strcmp(what, "abort") == 0) {
    fputs("about to end", stderr);
    abort();
  } else {
    printf("error: unknown %s\n", what);
  }
  return 0;
}
