package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"
)

// Where says where the data is; it holds for every command.
type Where struct {
	Data string `help:"Folder that holds the database." default:"./thaw-data" env:"THAW_DATA" placeholder:"DIR" type:"path"`
	DB   string `name:"db" help:"Database: a file in the data folder, or postgres://…" default:"thaw.db" env:"THAW_DB" placeholder:"FILE|URL"`
}

// commands is the one table of commands, flags, environment names and defaults.
type commands struct {
	Where

	Serve   serve   `cmd:"" default:"withargs" help:"Serve Thaw (the default)."`
	Migrate migrate `cmd:"" help:"Create or upgrade the database and load the built-in bank."`
	User    struct {
		Add  userAdd  `cmd:"" help:"Add a person with an account."`
		Link userLink `cmd:"" help:"Print a one-time sign-in link for a person."`
	} `cmd:"" help:"Add people, and let them back in."`
	Bank struct {
		Check bankCheck `cmd:"" help:"Check a bank of questions against the rules of good questions."`
	} `cmd:"" help:"Work on banks of questions in files."`
	Backup struct {
		Make backupMake `cmd:"" default:"withargs" help:"Make a backup now, also while Thaw is served."`
		List backupList `cmd:"" help:"List the backups."`
	} `cmd:"" help:"Make backups, and list them."`
	Restore restore `cmd:"" help:"Put a backup in the place of the database; stop Thaw first."`
	Doctor  doctor  `cmd:"" help:"Look for damage in the database, and repair it; stop Thaw first."`
	Fit     fit     `cmd:"" help:"Fit the memory model to a log of reviews."`
	Replay  replay  `cmd:"" help:"Show the memory after each review of a log."`
	Judge   judge   `cmd:"" help:"Judge typed answers against their keys."`
	Version version `cmd:"" help:"Print the version."`
	Help    help    `cmd:"" help:"Show all commands and flags."`
}

// out is where a command writes: results to the one, log to the other.
type out struct {
	io.Writer
	log *slog.Logger
}

type help struct {
	Command []string `arg:"" optional:"" help:"Any command; all are shown."`
}

// run parses the command line, runs its command and returns the exit status.
func run(args []string, stdout, stderr io.Writer) int {
	var c commands
	status := -1
	parser, err := kong.New(&c, kong.Name("thaw"), kong.Writers(stdout, stderr),
		kong.Description("Thaw: quizzes and flashcards that come back before you forget. Every flag can also be set by the environment variable shown with it."),
		kong.ConfigureHelp(kong.HelpOptions{NoExpandSubcommands: false}),
		kong.Exit(func(code int) { status = code }))
	if err != nil {
		fmt.Fprintln(stderr, err)
		return 2
	}
	k, err := parser.Parse(args)
	if status >= 0 {
		return status
	}
	if err == nil && strings.HasPrefix(k.Command(), "help") {
		return helpAll(parser, stdout)
	}
	if err != nil {
		fmt.Fprintf(stderr, "thaw: %v (thaw help shows all commands and flags)\n", err)
		return 2
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	o := out{stdout, slog.New(slog.NewTextHandler(stderr, nil))}
	k.BindTo(ctx, (*context.Context)(nil))
	if err := k.Run(c.Where, o); err != nil && !errors.Is(err, context.Canceled) {
		fmt.Fprintf(stderr, "thaw: %v\n", err)
		return 1
	}
	return 0
}

// helpAll shows every command with its flags and their environment names.
func helpAll(parser *kong.Kong, stdout io.Writer) int {
	fmt.Fprintf(stdout, "Usage: thaw [command] [flags]\n\n%s\n", parser.Model.Help)
	seen := map[*kong.Flag]bool{}
	printFlags(stdout, "Flags of every command:", parser.Model.Flags, seen)
	for _, leaf := range parser.Model.Leaves(true) {
		fmt.Fprintf(stdout, "\nthaw %s\n    %s\n", leaf.Path(), leaf.Help)
		for _, p := range leaf.Positional {
			fmt.Fprintf(stdout, "    %-22s %s\n", p.Summary(), p.Help)
		}
		printFlags(stdout, "", leaf.Flags, seen)
	}
	return 0
}

func printFlags(w io.Writer, title string, flags []*kong.Flag, seen map[*kong.Flag]bool) {
	if title != "" {
		fmt.Fprintf(w, "\n%s\n", title)
	}
	for _, f := range flags {
		if f.Name == "help" || seen[f] {
			continue
		}
		seen[f] = true
		env := ""
		if len(f.Envs) > 0 {
			env = "$" + f.Envs[0]
		}
		standard := ""
		if f.HasDefault {
			standard = " (default " + f.Default + ")"
		}
		fmt.Fprintf(w, "    --%-20s %-22s %s%s\n", f.Name, env, f.Help, standard)
	}
}

// Run is never reached: run answers help itself, so that it shows all.
func (help) Run() error { return nil }
