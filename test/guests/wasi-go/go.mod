module example.com/wasi-probe

go 1.24
