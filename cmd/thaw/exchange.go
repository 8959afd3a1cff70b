package main

import (
	"bufio"
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/app/people"
	"thaw/db"
	"thaw/questions"
	"thaw/questions/format"
	"thaw/questions/format/bundle"
	"thaw/views/text"
)

// importFile is `thaw import FILE`.
type importFile struct {
	File   string `arg:"" help:"The file; its format is found out by what is in it." placeholder:"FILE"`
	Bank   string `help:"The bank into which it goes, by title or slug; made where there is none. By default one that is called as the file." env:"THAW_BANK" placeholder:"BANK"`
	DryRun bool   `help:"Say what would be added, and add nothing." env:"THAW_DRY_RUN"`
	JSON   bool   `name:"json" help:"Print one JSON object." env:"THAW_JSON"`
	Owner  string `help:"Whose bank it is; by default the first administrator's." env:"THAW_OWNER" placeholder:"NAME"`
	Format string `help:"Read it as this format, whatever is in it." env:"THAW_FORMAT" placeholder:"FORMAT"`
}

// reported is what import prints as JSON.
type reported struct {
	Format     string         `json:"format"`
	Total      int            `json:"total"`
	Imported   int            `json:"imported"`
	Reported   int            `json:"reported"`
	Duplicates int            `json:"duplicates"`
	Problems   []trouble      `json:"problems"`
	Kinds      map[string]int `json:"kinds"`

	drafts, updated int
	notes           []trouble
}

// trouble is an item of a file that was not taken, or not wholly.
type trouble struct {
	Line   int    `json:"line"`
	Item   string `json:"item"`
	Reason string `json:"reason"`
}

func troubleOf(p bundle.Problem) trouble {
	return trouble{p.Line, strings.Join(strings.Fields(p.Item), " "), because(p.Reason)}
}

// because says a reason in words.
func because(r questions.Reason) string {
	args := make([]any, len(r.Args))
	for i, a := range r.Args {
		args[i] = a
	}
	return text.T("en", r.Code, args...)
}

func (t trouble) String() string {
	place := ""
	if t.Line > 0 {
		place = fmt.Sprintf("%d: ", t.Line)
	}
	if t.Item != "" {
		place += fmt.Sprintf("%q: ", t.Item)
	}
	return place + t.Reason
}

// importMemory is about how many bytes an import takes before it is tidied up more often:
// with the cache of the database it stays below 256 MiB.
const importMemory = 168 << 20

// Run reads the file before anything else: one that cannot be read leaves nothing behind.
func (f importFile) Run(ctx context.Context, w Where, o out) error {
	debug.SetMemoryLimit(importMemory)
	list, name, err := f.read(ctx)
	if err != nil {
		return readable(err)
	}
	p, done, err := f.open(ctx, w, o)
	if err != nil {
		return err
	}
	defer done()
	r := reported{Format: name, Problems: []trouble{}, Kinds: map[string]int{}}
	for _, b := range list {
		in, err := p.take(ctx, f, b, name)
		if err != nil {
			return readable(err)
		}
		r.add(b, in)
	}
	slices.SortStableFunc(r.Problems, func(a, b trouble) int { return cmp.Compare(a.Line, b.Line) })
	return f.print(r, o)
}

// read reads the file: its banks one by one, unless all go into one.
func (f importFile) read(ctx context.Context) ([]bundle.Bundle, string, error) {
	if _, ok := format.Of(f.Format); f.Format != "" && !ok {
		return nil, "", fmt.Errorf("--format %s is none of %s", f.Format, strings.Join(formats(func(f format.Format) bool { return f.Read != nil }), ", "))
	}
	file, err := os.Open(f.File)
	if err != nil {
		return nil, "", fmt.Errorf("the file cannot be read: %w", err)
	}
	defer file.Close() //nolint:errcheck // only read
	info, err := file.Stat()
	if err == nil && info.IsDir() {
		err = errors.New(f.File + " is a folder, not a file")
	}
	if err != nil {
		return nil, "", err
	}
	list, name, err := bank.ReadAll(ctx, bundle.Input{Name: filepath.Base(f.File), Size: info.Size(), ReaderAt: file}, f.Format)
	if err == nil && f.Bank != "" {
		list = []bundle.Bundle{bundle.Join(list)}
	}
	return list, name, err
}

// formats lists the names of formats of some kind.
func formats(of func(format.Format) bool) (names []string) {
	for _, f := range format.All() {
		if of(f) {
			names = append(names, f.Name)
		}
	}
	return names
}

// exchange is what files come into and go out of. Without a store nothing is there yet.
type exchange struct {
	bank.Importer
	people  db.People
	nothing bool
}

// open opens the database; a dry run only looks at it, and makes none.
func (f importFile) open(ctx context.Context, w Where, o out) (*exchange, func(), error) {
	if !f.DryRun {
		p, err := open(ctx, w, time.Now, o.log)
		if err != nil {
			return nil, nil, err
		}
		return &exchange{Importer: p.Importer, people: p.people}, func() { _ = p.db.Close() }, nil // what was written is committed
	}
	return peek(ctx, w, o)
}

// peek opens the database for reading, if there is one.
func peek(ctx context.Context, w Where, o out) (*exchange, func(), error) {
	c := db.Config{Dir: w.Data, Name: w.DB, Log: o.log, ReadOnly: true}
	if _, err := os.Stat(c.Path()); !c.Postgres() && errors.Is(err, fs.ErrNotExist) {
		return &exchange{Importer: bank.Importer{Now: time.Now}, nothing: true}, func() {}, nil
	}
	d, err := db.Open(ctx, c)
	if err != nil {
		return nil, nil, err
	}
	return &exchange{Importer: bank.Importer{Store: db.Bank{DB: d}, Now: time.Now}, people: db.People{DB: d}}, func() { _ = d.Close() }, nil
}

// take brings one bank of the file in.
func (x *exchange) take(ctx context.Context, f importFile, b bundle.Bundle, name string) (bank.Intake, error) {
	base := filepath.Base(f.File)
	title := cmp.Or(f.Bank, b.Title, strings.TrimSuffix(base, filepath.Ext(base)))
	file := bank.File{Input: bundle.Input{Name: base}, Title: title, Token: rand.Text()}
	who, into, err := x.into(ctx, f, title, b.Slug)
	if err != nil {
		return bank.Intake{}, err
	}
	file.Bank = into
	return x.Run(ctx, who, file, b, name, f.DryRun)
}

// into finds the bank into which a file goes, 0 for a new one, and whose it is.
func (x *exchange) into(ctx context.Context, f importFile, title, slug string) (who people.Person, into questions.BankID, err error) {
	if x.nothing {
		return who, 0, nil
	}
	if who, err = x.owner(ctx, f.Owner); err != nil {
		return who, 0, err
	}
	if f.Bank != "" {
		slug = f.Bank
	}
	found, err := x.find(ctx, title, slug, func(b bank.Bank) bool {
		return !b.BuiltIn && (b.Owner == who.ID || b.Owner == 0 || f.Owner == "" && f.Bank != "")
	})
	if err != nil || found.ID == 0 {
		return who, 0, err
	}
	if found.Owner != who.ID {
		who = people.Person{}
		if found.Owner != 0 {
			account, err := x.people.AccountOf(ctx, found.Owner)
			return account.Person, found.ID, err
		}
	}
	return who, found.ID, nil
}

// find returns the bank of a slug, or else of a title, among some; the zero bank where
// there is none.
func (x *exchange) find(ctx context.Context, title, slug string, among func(bank.Bank) bool) (bank.Bank, error) {
	list, err := x.Store.Shelved(ctx)
	var titled []bank.Bank
	for _, b := range list {
		if !among(b) {
			continue
		}
		if b.Slug == slug && slug != "" {
			return b, nil
		}
		if questions.Fold(b.Title) == questions.Fold(title) {
			titled = append(titled, b)
		}
	}
	switch {
	case err != nil || len(titled) == 0:
		return bank.Bank{}, err
	case len(titled) > 1:
		var slugs []string
		for _, b := range titled {
			slugs = append(slugs, b.Slug)
		}
		return bank.Bank{}, fmt.Errorf("%d banks are called %q; say which by its slug: %s", len(titled), title, strings.Join(slugs, ", "))
	}
	return titled[0], nil
}

// owner is the person of a name, or the first administrator, or nobody while there is
// none.
func (x *exchange) owner(ctx context.Context, name string) (people.Person, error) {
	if name == "" {
		return x.people.FirstAdmin(ctx)
	}
	account, err := x.people.AccountNamed(ctx, people.Fold(name))
	if fault.Is(err, fault.Missing) {
		return people.Person{}, fmt.Errorf("nobody here is called %q; thaw user add makes an account", name)
	}
	return account.Person, err
}

// add counts what became of a bank of the file.
func (r *reported) add(b bundle.Bundle, in bank.Intake) {
	r.Total, r.Imported, r.Reported, r.Duplicates = r.Total+in.Total, r.Imported+in.Imported, r.Reported+in.Reported, r.Duplicates+in.Duplicates
	r.drafts, r.updated = r.drafts+in.Drafts, r.updated+in.Updated
	for kind, n := range in.Kinds {
		r.Kinds[kind] += n
	}
	for _, p := range b.Problems {
		r.Problems = append(r.Problems, troubleOf(p))
	}
	for _, a := range in.Arrivals {
		if a.Fate == bank.Refused {
			it := b.Items[a.Item]
			r.Problems = append(r.Problems, trouble{it.Line, beginning(cmp.Or(it.Name, it.Version.Prompt)), because(a.Why)})
		}
	}
	for _, n := range b.Notes {
		r.notes = append(r.notes, troubleOf(n))
	}
}

// beginning is what an item is found by.
func beginning(text string) string {
	letters := []rune(strings.Join(strings.Fields(text), " "))
	if len(letters) > 80 {
		return string(letters[:80]) + "…"
	}
	return string(letters)
}

func (f importFile) print(r reported, o out) error {
	if f.JSON {
		e := json.NewEncoder(o)
		e.SetEscapeHTML(false)
		return e.Encode(r)
	}
	to := bufio.NewWriter(o)
	for _, t := range append(r.Problems, r.notes...) {
		fmt.Fprintln(to, t)
	}
	said := "added"
	if f.DryRun {
		said = "would be added"
	}
	fmt.Fprintf(to, "%s: %d in the file, %d %s (%d of them with another wording, %d as drafts), %d reported, %d there already\n",
		r.Format, r.Total, r.Imported, said, r.updated, r.drafts, r.Reported, r.Duplicates)
	return to.Flush()
}

// exportFile is `thaw export`.
type exportFile struct {
	Format string `help:"The format to write." required:"" env:"THAW_FORMAT" placeholder:"FORMAT"`
	Bank   string `help:"The bank, by title or slug; without it all of them: side by side in our own format, each as a topic in another." env:"THAW_BANK" placeholder:"BANK"`
	Out    string `name:"out" short:"o" help:"Where to write; - is the standard output." required:"" env:"THAW_OUT" placeholder:"FILE"`
	JSON   bool   `name:"json" help:"Print one JSON object; what the format could not hold is listed on the standard error in any case." env:"THAW_JSON"`
}

// exported is what export prints as JSON.
type exported struct {
	Format string    `json:"format"`
	Banks  int       `json:"banks"`
	Lost   []trouble `json:"lost"`
}

// Run writes banks into a file. What the format cannot hold is listed on stderr; the file
// is there whole, or as it was.
func (f exportFile) Run(ctx context.Context, w Where, o out) error {
	if one, ok := format.Of(f.Format); !ok || one.Write == nil {
		return fmt.Errorf("--format %s is none of %s", f.Format, strings.Join(formats(func(f format.Format) bool { return f.Write != nil }), ", "))
	}
	x, done, err := peek(ctx, w, o)
	if err != nil {
		return err
	}
	defer done()
	banks, err := x.chosen(ctx, f.Bank)
	if err != nil {
		return readable(err)
	}
	var lost []bundle.Problem
	err = f.into(o, func(to io.Writer) (err error) {
		lost, err = x.Export(ctx, to, people.Person{}, banks, f.Format, false)
		return err
	})
	if err != nil {
		return readable(err)
	}
	e := exported{Format: f.Format, Banks: len(banks), Lost: []trouble{}}
	for _, p := range lost {
		e.Lost = append(e.Lost, troubleOf(p))
		fmt.Fprintln(o.stderr, troubleOf(p))
	}
	if !f.JSON {
		return nil
	}
	to := json.NewEncoder(o)
	if f.Out == "-" {
		to = json.NewEncoder(o.stderr)
	}
	return to.Encode(e)
}

// chosen lists the bank of a title or slug, or all.
func (x *exchange) chosen(ctx context.Context, name string) (ids []questions.BankID, err error) {
	if x.nothing {
		return nil, errors.New("there is no database yet; start thaw once to make one")
	}
	if name != "" {
		b, err := x.find(ctx, name, name, func(bank.Bank) bool { return true })
		if err == nil && b.ID == 0 {
			err = fmt.Errorf("there is no bank %q", name)
		}
		return []questions.BankID{b.ID}, err
	}
	list, err := x.Store.Shelved(ctx)
	for _, b := range list {
		ids = append(ids, b.ID)
	}
	return ids, err
}

// into writes a file: beside its place first, so that one that cannot be written leaves
// what was there.
func (f exportFile) into(o out, write func(io.Writer) error) error {
	if f.Out == "-" {
		return write(o)
	}
	file, err := os.CreateTemp(filepath.Dir(f.Out), ".thaw-export-*")
	if err != nil {
		return fmt.Errorf("the file cannot be written: %w", err)
	}
	err = errors.Join(write(file), file.Chmod(0o644), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), f.Out)
	}
	if err != nil {
		_ = os.Remove(file.Name()) // the first error says what happened
	}
	return err
}
