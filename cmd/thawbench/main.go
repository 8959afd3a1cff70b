// Thawbench measures the whole program: browsers that answer questions over
// HTTP against a server of its own, beside the most that the same machine can do
// without it. It says what was measured and whether it is enough. Only ratios
// travel from one machine to another.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// commands is the one table of commands and flags.
type commands struct {
	Measure measure `cmd:"" default:"withargs" help:"Measure everything and print a table (the default)."`
	Serve   serve   `cmd:"" hidden:"" help:"The server under load, started by measure."`
}

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run parses the command line, runs its command and returns the exit status.
func run(args []string, stdout, stderr io.Writer) int {
	var c commands
	status := -1
	parser, err := kong.New(&c, kong.Name("thawbench"), kong.Writers(stdout, stderr), kong.Exit(func(code int) { status = code }),
		kong.Description("Load generator and benchmarks of Thaw. All load goes to 127.0.0.1, to servers and files of its own."))
	if err != nil {
		fmt.Fprintln(stderr, err)
		return 2
	}
	k, err := parser.Parse(args)
	if status >= 0 {
		return status
	}
	if err != nil {
		fmt.Fprintf(stderr, "thawbench: %v\n", err)
		return 2
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	k.BindTo(ctx, (*context.Context)(nil))
	k.BindTo(stdout, (*io.Writer)(nil))
	if err := k.Run(); err != nil {
		fmt.Fprintf(stderr, "thawbench: %v\n", err)
		return 1
	}
	return 0
}
