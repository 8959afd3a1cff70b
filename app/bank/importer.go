package bank

import (
	"cmp"
	"context"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/questions"
	"thaw/questions/format"
	"thaw/questions/format/bundle"
	"thaw/questions/format/csv"
	"thaw/questions/format/native"
)

// ImportState says how far an import has come. stored: never rename
type ImportState string

// The states. Staged: it is looked at, and nothing of it is in a bank yet.
const (
	ImportStaged ImportState = "staged"
	ImportAdded  ImportState = "added"
	ImportUndone ImportState = "undone"
)

// importKept is how long a staged file is kept, and how long an import can be undone.
const importKept = 24 * time.Hour

// Import is a file that somebody has brought in.
type Import struct {
	Owner   questions.LearnerID
	N       int // counted per owner, from 1
	Token   string
	At      time.Time // when it was brought in
	State   ImportState
	Since   time.Time // when it came into the state
	File    string    // its name; "" for a pasted text
	Format  string
	Bank    questions.BankID // 0: one is made when it is added
	Title   string           // of the bank that is made
	Lang    string           // of the bank that is made
	Wish    Wish
	Numbers Numbers       // of the bank as it was when they were counted last
	Back    TakenBack     // of an undone one
	Bundle  bundle.Bundle // what the file holds, its pictures and sounds fit to be kept
}

// Ends is until when it is kept, or can be undone.
func (i Import) Ends() time.Time { return i.Since.Add(importKept) }

// TakenBack counts what has become of an import that is undone.
type TakenBack struct {
	Removed  int // questions that are gone as if they had never been
	Retired  int // questions that were answered, given or written anew meanwhile: they are kept, and asked no more
	Restored int // questions that have their earlier wording again
}

// ImportStore keeps imports. Whatever is another's is fault.Missing.
type ImportStore interface {
	StockStore
	MediaStore
	// AddImport stores a staged file and returns its number; of the same token, that of
	// the first.
	AddImport(ctx context.Context, i Import) (int, error)
	// Import loads one with its file; Imports lists them without, the newest first.
	Import(ctx context.Context, who questions.LearnerID, n int) (Import, error)
	Imports(ctx context.Context, who questions.LearnerID) ([]Import, error)
	// SetImport stores file, wish and numbers of a staged one. fault.Missing when it is
	// not staged any more.
	SetImport(ctx context.Context, i Import) error
	// Bring stores what an import brings, in one transaction, and notes what it has made;
	// number 0 notes nothing. It returns the bank. tell, if any, is told how many of how
	// many steps are done. ErrMoved when the bank has another revision or the import is
	// not staged any more; fault.Denied beyond AtMost.
	Bring(ctx context.Context, i Import, b Bringing, tell func(done, all int)) (questions.BankID, error)
	// TakeBack undoes an import in one transaction: the contents are as before, but for
	// what was used meanwhile.
	TakeBack(ctx context.Context, who questions.LearnerID, n int, at time.Time) (TakenBack, error)
	// SweepImports deletes imports that came into their state before a time, at most so
	// many, and says how many.
	SweepImports(ctx context.Context, before time.Time, most int) (int, error)
}

// Backups are made before much changes.
type Backups interface {
	// Before makes one, unless none can be made on this computer at all. The error says why
	// there is none.
	Before(ctx context.Context, why string) error
}

// Importer brings files of questions into banks, and takes banks out into files.
type Importer struct {
	Store   ImportStore
	Shelf   *Shelf    // forgets what is undone; nil: there is none
	Backups Backups   // nil: none is taken
	Works   *Progress // of what runs in the background
	Now     func() time.Time
}

// File is a file, or a pasted text, with what its person wants of it.
type File struct {
	bundle.Input
	Pasted *csv.Options     // how a pasted text is parted; nil: as its format has it
	Format string           // "": found out by what is in it
	Bank   questions.BankID // 0: a new one
	Title  string           // of a new bank; "": as the file says, or as it is called
	Spare  string           // title of a new bank that nothing else names
	Lang   string           // of a new bank, where the file does not say
	Wish   Wish
	Token  string // the same token stages it once
}

// Stage reads a file and keeps it for its person to look at. Nothing is added to a bank
// yet. The errors are fault.Invalid with the reason, fault.Missing and fault.Denied.
func (i Importer) Stage(ctx context.Context, who people.Person, f File) (n int, err error) {
	if err := named(who); err != nil {
		return 0, err
	}
	if err := people.CheckToken(f.Token); err != nil {
		return 0, err
	}
	b, name, err := f.read(ctx)
	if err != nil {
		return 0, err
	}
	in := i.of(who, f, b, name)
	s, err := i.stock(ctx, in)
	if err != nil {
		return 0, err
	}
	in.Numbers = Plan(s, in.Bundle, in.Wish).Numbers
	return i.Store.AddImport(ctx, in)
}

// read reads the file.
func (f File) read(ctx context.Context) (bundle.Bundle, string, error) {
	if f.Pasted == nil {
		return Read(ctx, f.Input, f.Format)
	}
	b, err := csv.ReadWith(ctx, f.Input, *f.Pasted)
	if err == nil && b.Total() == 0 {
		err = fault.New(fault.Invalid, "import.empty")
	}
	return b, "tsv", refused(err)
}

// refused makes a fault of what cannot be read at all.
func refused(err error) error {
	var bad bundle.Unreadable
	if errors.As(err, &bad) {
		return fault.Wrap(err, fault.Invalid, bad.Reason.Code, words(bad.Reason.Args)...)
	}
	return err
}

// of is an import of what a file holds.
func (i Importer) of(who people.Person, f File, b bundle.Bundle, name string) Import {
	now := i.Now().UTC().Truncate(time.Millisecond)
	in := Import{Owner: who.ID, Token: f.Token, At: now, State: ImportStaged, Since: now, File: filepath.Base(clean(f.Name)), Format: name, Bank: f.Bank,
		Wish: f.Wish, Bundle: b}
	if f.Name == "" {
		in.File = ""
	}
	in.Title = fitTitle(firstOf(f.Title, b.Title, baseOf(in.File), wholeTopic(b), f.Spare))
	in.Lang = firstOf(b.Lang, f.Lang, who.Lang)
	in.Wish.Untitled = firstOf(in.Wish.Untitled, b.Title, baseOf(in.File))
	return in
}

// wholeTopic is the topic of all that a file holds, if it has one.
func wholeTopic(b bundle.Bundle) (title string) {
	for _, it := range b.Items {
		if len(it.Topic) == 0 || title != "" && it.Topic[0] != title {
			return ""
		}
		title = it.Topic[0]
	}
	return title
}

// baseOf is what a file is called, without what says how it is written.
func baseOf(file string) string { return strings.TrimSuffix(file, filepath.Ext(file)) }

// Read reads a file in a format, or in the one that it has by what is in it, and makes
// its pictures and sounds fit to be kept. The errors are fault.Invalid.
func Read(ctx context.Context, in bundle.Input, name string) (bundle.Bundle, string, error) {
	list, name, err := ReadAll(ctx, in, name)
	if err != nil {
		return bundle.Bundle{}, name, err
	}
	return bundle.Join(list), name, nil
}

// ReadAll does what Read does, the banks of a file of ours one by one.
func ReadAll(ctx context.Context, in bundle.Input, name string) ([]bundle.Bundle, string, error) {
	f, ok := format.Of(name)
	if name == "" {
		f, ok = format.Detect(in)
	}
	if !ok || f.Read == nil {
		return nil, "", fault.New(fault.Invalid, "import.unknown")
	}
	list, err := readIn(ctx, f, in)
	if err != nil {
		return nil, f.Name, refused(err)
	}
	total := 0
	for k := range list {
		total += list[k].Total()
		cleanMedia(&list[k])
	}
	if total == 0 {
		return nil, f.Name, fault.New(fault.Invalid, "import.empty")
	}
	return list, f.Name, nil
}

func readIn(ctx context.Context, f format.Format, in bundle.Input) ([]bundle.Bundle, error) {
	if f.Name == "native" {
		return native.ReadAll(ctx, in)
	}
	b, err := f.Read(ctx, in)
	return []bundle.Bundle{b}, err
}

// stock is the bank into which an import goes, or the empty one that it makes.
func (i Importer) stock(ctx context.Context, in Import) (Stock, error) {
	if in.Bank != 0 {
		return i.Store.Stock(ctx, in.Owner, in.Bank, in.Owner == 0)
	}
	b := Bank{Title: in.Title, Lang: in.Lang, About: clean(in.Bundle.About), Source: clean(in.Bundle.Source), Owner: in.Owner}
	b.Title, b.Lang = cmp.Or(b.Title, "1"), cmp.Or(b.Lang, "en")
	if b.Slug = spareSlug(in); shaped.MatchString(in.Bundle.Slug) {
		b.Slug = in.Bundle.Slug
	}
	return Stock{Bank: b}, nil
}

// spareSlug is the slug of the bank that an import makes, where the file says none that is
// free.
func spareSlug(in Import) string { return slug("b", in.Owner.String()+in.Token) }

// plan decides what an import does now.
func (i Importer) plan(ctx context.Context, in Import) (Stock, Intake, error) {
	s, err := i.stock(ctx, in)
	if err != nil {
		return s, Intake{}, err
	}
	p := Plan(s, in.Bundle, in.Wish)
	p.Bringing.Media = filesOf(in.Bundle)
	if in.Bank == 0 {
		p.Bringing.Opens, p.Bringing.Spare = &s.Bank, spareSlug(in)
	}
	return s, p, nil
}

// Looked is an import as its page shows it.
type Looked struct {
	Import
	Bank   Bank   // without an id: it is made when the import is added
	Intake Intake // of a staged one: what adding it does now
}

// Look returns an import and, while it is staged, what becomes of each of its items.
func (i Importer) Look(ctx context.Context, who people.Person, n int) (Looked, error) {
	in, err := i.Store.Import(ctx, who.ID, n)
	if err != nil || in.State != ImportStaged {
		return Looked{Import: in}, err
	}
	s, p, err := i.plan(ctx, in)
	if fault.Is(err, fault.Missing) { // the bank is gone meanwhile
		in.Bank = 0
		s, p, err = i.plan(ctx, in)
	}
	return Looked{Import: in, Bank: s.Bank, Intake: p}, err
}

// List lists what somebody has brought in and can still look at or undo, the newest
// first, without the files.
func (i Importer) List(ctx context.Context, who people.Person) ([]Import, error) {
	return i.Store.Imports(ctx, who.ID)
}

// Wishes changes what is wanted of a staged import, and the bank that it goes into.
func (i Importer) Wishes(ctx context.Context, who people.Person, n int, into questions.BankID, title string, w Wish) error {
	return i.change(ctx, who, n, func(in *Import) error {
		in.Bank, in.Title = into, firstOf(fitTitle(title), in.Title)
		w.Untitled = firstOf(w.Untitled, in.Wish.Untitled)
		in.Wish = w
		return nil
	})
}

// change stores a staged import as it becomes.
func (i Importer) change(ctx context.Context, who people.Person, n int, how func(*Import) error) error {
	in, err := i.Store.Import(ctx, who.ID, n)
	if err != nil {
		return err
	}
	if in.State != ImportStaged {
		return fault.New(fault.Conflict, "import.over")
	}
	if err := how(&in); err != nil {
		return err
	}
	_, p, err := i.plan(ctx, in)
	if err != nil {
		return err
	}
	in.Numbers = p.Numbers
	return i.Store.SetImport(ctx, in)
}

// texts are the formats whose problems are stretches of the file as they were written.
var texts = []string{"gift", "aiken", "markdown", "native"}

// Mend reads the text of a problem of a staged import again, as it was mended: the
// problem-th, from 0. What it has become stands among the items, or is a problem still,
// of which the error tells: fault.Invalid with the reason at the field text.
func (i Importer) Mend(ctx context.Context, who people.Person, n, problem int, text string) error {
	var still error
	err := i.change(ctx, who, n, func(in *Import) error {
		if problem < 0 || problem >= len(in.Bundle.Problems) {
			return fault.New(fault.Missing, "fault.missing")
		}
		still = mend(ctx, in, problem, clean(text))
		return nil
	})
	return cmp.Or(err, still)
}

func mend(ctx context.Context, in *Import, at int, text string) error {
	was := in.Bundle.Problems[at]
	was.Text = text
	name := in.Format
	if !slices.Contains(texts, name) {
		name = "text"
	}
	in.Bundle.Problems = slices.Clone(in.Bundle.Problems)
	in.Bundle.Problems[at] = was
	b, _, err := Read(ctx, bundle.Of("", []byte(text)), name)
	if err != nil {
		return err
	}
	var left []bundle.Problem
	for _, p := range b.Problems {
		p.Line = was.Line
		left = append(left, p)
	}
	in.Bundle.Problems = slices.Replace(in.Bundle.Problems, at, at+1, left...)
	place := slices.IndexFunc(in.Bundle.Items, func(it bundle.Item) bool { return it.Line > was.Line })
	if place < 0 {
		place = len(in.Bundle.Items)
	}
	for k := range b.Items {
		b.Items[k].Line = was.Line
	}
	in.Bundle.Items = slices.Insert(slices.Clone(in.Bundle.Items), place, b.Items...)
	in.Wish.Without = moved(in.Wish.Without, place, len(b.Items))
	in.Wish.Along = moved(in.Wish.Along, place, len(b.Items))
	if len(left) > 0 {
		return fault.Bad([]fault.Field{{Name: "text", Key: left[0].Reason.Code, Args: words(left[0].Reason.Args)}})
	}
	return nil
}

// moved are places of which those from one on have moved up by so many.
func moved(places map[int]bool, from, by int) map[int]bool {
	now := make(map[int]bool, len(places))
	for at, is := range places {
		if at >= from {
			at += by
		}
		now[at] = is
	}
	return now
}

// Along takes an item along that is much like another and would stay out, or leaves it
// out; All takes along whatever is.
func (i Importer) Along(ctx context.Context, who people.Person, n, item int, along bool) error {
	return i.change(ctx, who, n, func(in *Import) error {
		switch {
		case item == All:
			in.Wish.Apart, in.Wish.Without = false, nil
		case item < 0 || item >= len(in.Bundle.Items):
			return fault.New(fault.Missing, "fault.missing")
		default:
			in.Wish.Along, in.Wish.Without = moved(in.Wish.Along, 0, 0), moved(in.Wish.Without, 0, 0)
			in.Wish.Along[item], in.Wish.Without[item] = along, !along
		}
		return nil
	})
}

// All stands for every item.
const All = -1

// Drop lets go of a problem of a staged import that nobody wants mended: it stays
// reported, and no draft is made of it.
func (i Importer) Drop(ctx context.Context, who people.Person, n, problem int) error {
	return i.change(ctx, who, n, func(in *Import) error {
		if problem < 0 || problem >= len(in.Bundle.Problems) {
			return fault.New(fault.Missing, "fault.missing")
		}
		in.Bundle.Problems = slices.Clone(in.Bundle.Problems)
		in.Bundle.Problems[problem].Text, in.Bundle.Problems[problem].Dropped = "", true
		return nil
	})
}

// Add stores what a staged import brings, whole or not at all, and returns the bank. One
// that was added already stays so. tell may be nil.
func (i Importer) Add(ctx context.Context, who people.Person, n int, tell func(done, all int)) (questions.BankID, error) {
	if err := named(who); err != nil {
		return 0, err
	}
	for range tries {
		in, err := i.Store.Import(ctx, who.ID, n)
		if err != nil {
			return 0, err
		}
		if in.State != ImportStaged {
			return in.Bank, nil
		}
		id, err := i.bring(ctx, in, tell)
		if !errors.Is(err, ErrMoved) {
			return id, err
		}
	}
	return 0, fault.New(fault.Conflict, "fault.moved")
}

// bring decides and stores.
func (i Importer) bring(ctx context.Context, in Import, tell func(done, all int)) (questions.BankID, error) {
	_, p, err := i.plan(ctx, in)
	if err != nil {
		return 0, err
	}
	if p.Bringing.Empty() && p.Bringing.Opens != nil {
		return 0, fault.New(fault.Invalid, "import.none_fit")
	}
	if i.Backups != nil {
		if err := i.Backups.Before(ctx, "import"); err != nil {
			return 0, &fault.Fault{Kind: fault.Limited, Key: "import.no_backup", Busy: true, Err: err}
		}
	}
	in.Numbers, in.State, in.Since = p.Numbers, ImportAdded, i.Now()
	return i.Store.Bring(ctx, in, p.Bringing, tell)
}

// Undo takes back what an import has added, within a day.
func (i Importer) Undo(ctx context.Context, who people.Person, n int) (TakenBack, error) {
	in, err := i.Store.Import(ctx, who.ID, n)
	switch {
	case err != nil:
		return TakenBack{}, err
	case in.State == ImportUndone:
		return in.Back, nil
	case in.State != ImportAdded || i.Now().After(in.Ends()):
		return TakenBack{}, fault.New(fault.Conflict, "import.late")
	}
	back, err := i.Store.TakeBack(ctx, who.ID, n, i.Now())
	if err == nil && i.Shelf != nil {
		i.Shelf.Forget()
	}
	return back, err
}

// sweepImports bounds what goes at once.
const sweepImports = 20

// Sweep lets go of imports after a day.
func (i Importer) Sweep(ctx context.Context) error {
	for {
		n, err := i.Store.SweepImports(ctx, i.Now().Add(-importKept), sweepImports)
		if err != nil || n == 0 {
			return err
		}
	}
}

// Run adds what a file holds at once and says what that did; dry only says what it would.
// Who may be nobody (the zero person): then the bank is the installation's, until it has
// an administrator, and the import cannot be undone.
func (i Importer) Run(ctx context.Context, who people.Person, f File, b bundle.Bundle, name string, dry bool) (Intake, error) {
	in := i.of(who, f, b, name)
	_, p, err := i.plan(ctx, in)
	if err != nil || dry || p.Bringing.Empty() {
		return p, err
	}
	if who.ID != 0 {
		if in.N, err = i.Store.AddImport(ctx, in); err != nil {
			return p, err
		}
	}
	for range tries {
		if _, err = i.bring(ctx, in, nil); !errors.Is(err, ErrMoved) {
			return p, err
		}
	}
	return p, fault.New(fault.Conflict, "fault.moved")
}

// Export writes banks into one file: of our own with all of them side by side, of another
// format with each bank as a topic. It returns what the format could not hold. learned
// writes what their person remembers of them. Who may be nobody: then all banks can be
// had.
func (i Importer) Export(ctx context.Context, w io.Writer, who people.Person, banks []questions.BankID, name string, learned bool) ([]bundle.Problem, error) {
	f, ok := format.Of(name)
	if !ok || f.Write == nil {
		return nil, fault.New(fault.Invalid, "export.unknown")
	}
	var list []bundle.Bundle
	var lost []bundle.Problem
	for _, id := range banks {
		b, err := i.bundle(ctx, who, id, learned)
		if err != nil {
			return nil, err
		}
		lost, list = append(lost, b.Notes...), append(list, b)
	}
	o := bundle.Options{Learned: learned}
	if len(list) != 1 && name == "native" {
		return lost, native.WriteAll(ctx, w, list, o)
	}
	more, err := f.Write(ctx, w, bundle.Join(list), o)
	return append(lost, more...), err
}

// bundle is a bank as a file holds it, with what its texts show.
func (i Importer) bundle(ctx context.Context, who people.Person, id questions.BankID, withLearned bool) (b bundle.Bundle, err error) {
	s, err := i.Store.Stock(ctx, who.ID, id, who.ID == 0)
	if err != nil {
		return b, err
	}
	var learned map[questions.QuestionID]bundle.Learned
	if withLearned && who.ID != 0 {
		if learned, err = i.Store.Learned(ctx, who.ID, id); err != nil {
			return b, err
		}
	}
	b = s.Bundle(learned)
	for _, name := range outward(&b) {
		f, err := i.Store.Media(ctx, name)
		if fault.Is(err, fault.Missing) {
			b.Notes = append(b.Notes, bundle.Problem{Item: name, Reason: bundle.Because("export.media", name)})
			continue
		}
		if err != nil {
			return b, err
		}
		b.Media = append(b.Media, bundle.Media{Name: f.Name, Data: f.Data})
	}
	return b, nil
}
