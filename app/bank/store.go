package bank

import (
	"context"

	"thaw/questions"
)

// Store is what this package needs kept.
type Store interface {
	// Open lists the banks that a learner may study: the built-in ones, the
	// learner's own and those given to a class of theirs; who 0 is a stranger.
	Open(ctx context.Context, who questions.LearnerID) ([]Open, error)
	// Revision returns the number of the bank's last change.
	Revision(ctx context.Context, id questions.BankID) (int, error)
	// Contents loads a bank, also one in the bin: what was answered in it can still
	// be looked at. fault.Missing when there is none.
	Contents(ctx context.Context, id questions.BankID) (Contents, error)
	// Versions loads versions with their answers, those that exist.
	Versions(ctx context.Context, refs []questions.Ref) ([]questions.Version, error)
	// Lexicon loads one revision of a bank's entities.
	Lexicon(ctx context.Context, bank questions.BankID, revision int) (questions.Lexicon, error)
	// Installed returns the hash of the built-in data that was installed last, or "".
	Installed(ctx context.Context, slug string) (string, error)
	// Install stores the built-in bank in one transaction: what is new is added,
	// a changed wording becomes a new version, a changed set of entities a new
	// lexicon revision, what is gone is retired; ids, learners' data and
	// teachers' work stay. Installing the same data again changes nothing.
	Install(ctx context.Context, data Data) error
}

// Data is a bank in slugs, as a file holds it.
type Data struct {
	Bank      Bank
	Hash      string
	Topics    []Topic
	Facts     []FactData
	Entities  []questions.Entity
	Sections  []Section
	Questions []QuestionData
}

// FactData is a fact with slugs instead of ids.
type FactData struct {
	Fact
	TopicSlug   string
	PassageSlug string
}

// QuestionData is a question's wording with slugs instead of ids: the answers'
// facts and entities stand in Refs at the same index.
type QuestionData struct {
	Slug        string
	TopicSlug   string
	PassageSlug string
	Version     questions.Version
	Refs        []AnswerRef
}

// AnswerRef names an answer's fact and entity by slug.
type AnswerRef struct {
	Fact   string
	Entity string
}
