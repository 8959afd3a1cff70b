package bank

import (
	"context"
	"errors"
	"time"

	"thaw/questions"
)

// ErrMoved says that a bank is no longer as it was when a change was decided;
// deciding again on what it has become is the answer to it.
var ErrMoved = errors.New("the bank moved on meanwhile")

// EditStore is what writing needs kept. Whatever is another's, in the bin or
// nowhere at all is fault.Missing alike.
type EditStore interface {
	Library
	Writing
	NameStore
	WholeStore
	MediaStore
	SourceStore
	BinStore
}

// FullStore is all that this package needs kept.
type FullStore interface {
	Store
	EditStore
	ImportStore
}

// Library keeps banks as their owners arrange them.
type Library interface {
	// Banks lists the learner's own banks, those in the bin with them, and the
	// built-in ones.
	Banks(ctx context.Context, who questions.LearnerID) ([]Listed, error)
	// Desk loads a bank for its page: the learner's own, or a built-in one.
	Desk(ctx context.Context, who questions.LearnerID, id questions.BankID) (Desk, error)
	// AddBank stores a new bank for its owner and returns its id; with a slug that
	// the owner has already, that bank's.
	AddBank(ctx context.Context, b Bank, at time.Time) (questions.BankID, error)
	// SetBank stores title, about and language for the owner.
	SetBank(ctx context.Context, b Bank) error
	// Bin puts a bank into the bin; with the zero time it comes back.
	Bin(ctx context.Context, who questions.LearnerID, id questions.BankID, gone time.Time) error
	// Copy stores a new bank with the live questions of another, which must be
	// the owner's or built in: their newest wordings, the topics, texts and names
	// they need; the facts stay those of the original. With a slug that the owner
	// has already it returns that bank's id.
	Copy(ctx context.Context, from questions.BankID, b Bank, at time.Time) (questions.BankID, error)
	// SetTopics stores the outline of the owner's bank: new topics, other titles,
	// parents and places; a topic that is not in it any more is gone. ErrMoved
	// when the bank has another revision.
	SetTopics(ctx context.Context, who questions.LearnerID, id questions.BankID, revision int, topics Outline) error
}

// Writing keeps questions as their authors write them.
type Writing interface {
	// Work loads one question of the learner's own with what can be picked for it,
	// or just the bank where it is not written yet.
	Work(ctx context.Context, who questions.LearnerID, at Place) (Work, error)
	// Find lists questions of the learner's own, or of a built-in bank.
	Find(ctx context.Context, who questions.LearnerID, s Search) (Found, error)
	// History loads every wording of one of the learner's own questions.
	History(ctx context.Context, who questions.LearnerID, id questions.QuestionID) (History, error)
	// Updates lists what the originals of the bank's questions have newer: of one
	// question or, with 0, of the first PageSize.
	Updates(ctx context.Context, who questions.LearnerID, id questions.BankID, of questions.QuestionID) (Updates, error)
	// Save stores a change in one transaction and returns the id of its first put.
	// ErrMoved when the bank has another revision; fault.Denied beyond AtMost.
	Save(ctx context.Context, c Change) (questions.QuestionID, error)
}

// Place names a question by its id, or by its bank and slug where it may not be
// written yet.
type Place struct {
	Question questions.QuestionID
	Bank     questions.BankID
	Slug     string
}

// Counts are numbers of questions by state.
type Counts struct{ Draft, Live, Retired int }

// All is how many there are.
func (c Counts) All() int { return c.Draft + c.Live + c.Retired }

// Listed is a bank in the list of banks.
type Listed struct {
	Bank
	Counts
	Gone time.Time // since when it is in the bin; zero: it is not
}

// Desk is a bank as its page shows it.
type Desk struct {
	Bank     Bank
	Revision int
	Topics   Outline
	Counts   map[questions.TopicID]Counts
	Updates  int // copied questions whose original has a newer wording
}

// History is the past of a question.
type History struct {
	Bank     Bank
	Head     Head
	Wordings []Wording // newest first
	Passages map[questions.PassageID]string
}

// Wording is one version with who wrote it and when.
type Wording struct {
	Version questions.Version
	Author  string // empty: a guest, or the installation
	Made    time.Time
}

// PageSize is how many questions a page of a list has.
const PageSize = 50

// Search says which questions are wanted.
type Search struct {
	Bank   questions.BankID    // 0: all of the learner's own
	Topics []questions.TopicID // none: all
	Kind   string              // "": all
	States []State             // none: all
	Bin    bool                // what is in the bin, instead of what is not
	Tag    string              // however it is written; "": all
	Terms  Terms
	Sort   Sort
	Page   int // from 1
}

// Sort is an order of a list.
type Sort string

// The orders.
const (
	Newest  Sort = "newest" // changed last
	Oldest  Sort = "oldest"
	ByText  Sort = "text"
	ByTopic Sort = "topic"
	ByKind  Sort = "kind"
)

// Sorts lists the orders.
var Sorts = [...]Sort{Newest, Oldest, ByText, ByTopic, ByKind}

// Found is a page of a list with how many there are in all.
type Found struct {
	Rows  []Row
	Total int
	Tags  []string // of everything that was searched in, by the alphabet
}

// Row is one question of a list.
type Row struct {
	Head
	BankTitle  string
	TopicTitle string
	Lang       string
	Prompt     string
	Explain    string
	Answers    []questions.Answer
}
