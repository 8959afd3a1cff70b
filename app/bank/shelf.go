package bank

import (
	"context"
	"sync"
	"time"

	"thaw/app/fault"
	"thaw/questions"
)

// fresh is how long contents are trusted before their revision is looked at
// again: another program may have changed the bank.
const fresh = time.Second

// Shelf gives out banks and wordings. Versions and lexicon revisions never
// change and are kept for ever; contents are kept until their revision moves.
type Shelf struct {
	store Store
	now   func() time.Time

	mu       sync.Mutex
	contents map[questions.BankID]held
	versions map[questions.Ref]questions.Version
	lexicons map[lexiconKey]questions.Lexicon

	giveAways map[questions.BankID]revised
}

type held struct {
	contents Contents
	checked  time.Time
}

type lexiconKey struct {
	bank     questions.BankID
	revision int
}

// NewShelf returns an empty shelf over the store.
func NewShelf(store Store, now func() time.Time) *Shelf {
	return &Shelf{store: store, now: now,
		contents: map[questions.BankID]held{},
		versions: map[questions.Ref]questions.Version{},
		lexicons: map[lexiconKey]questions.Lexicon{}, giveAways: map[questions.BankID]revised{}}
}

// For returns the contents of every bank that a learner may study, as they are
// now; who 0 is a stranger. It asks the store once, and again for each bank that
// has changed.
func (s *Shelf) For(ctx context.Context, who questions.LearnerID) ([]Contents, error) {
	open, err := s.store.Open(ctx, who)
	if err != nil {
		return nil, err
	}
	return s.All(ctx, open)
}

// All returns the contents of banks at these revisions or later; those that are
// gone meanwhile are left out.
func (s *Shelf) All(ctx context.Context, open []Open) ([]Contents, error) {
	all := make([]Contents, 0, len(open))
	for _, o := range open {
		c, err := s.at(ctx, o)
		if fault.Is(err, fault.Missing) {
			continue // gone meanwhile
		}
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, nil
}

// at returns the contents of a bank at a revision or later.
func (s *Shelf) at(ctx context.Context, o Open) (Contents, error) {
	s.mu.Lock()
	h, ok := s.contents[o.ID]
	s.mu.Unlock()
	if ok && h.contents.Revision >= o.Revision {
		return h.contents, nil
	}
	return s.load(ctx, o.ID)
}

func (s *Shelf) load(ctx context.Context, id questions.BankID) (Contents, error) {
	c, err := s.store.Contents(ctx, id)
	if err != nil {
		return Contents{}, err
	}
	s.keep(c, s.now())
	return c, nil
}

// Bank returns the contents of a bank; fault.Missing when there is none.
func (s *Shelf) Bank(ctx context.Context, id questions.BankID) (Contents, error) {
	now := s.now()
	s.mu.Lock()
	h, ok := s.contents[id]
	s.mu.Unlock()
	if ok && now.Sub(h.checked) < fresh {
		return h.contents, nil
	}
	if ok {
		revision, err := s.store.Revision(ctx, id)
		if err != nil {
			return Contents{}, err
		}
		if revision == h.contents.Revision {
			s.keep(h.contents, now)
			return h.contents, nil
		}
	}
	return s.load(ctx, id)
}

func (s *Shelf) keep(c Contents, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.contents[c.Bank.ID] = held{c, now}
	s.lexicons[lexiconKey{c.Bank.ID, c.Lexicon.Revision}] = c.Lexicon
}

// Forget lets go of all wordings: an import that is undone takes its questions out, and
// their numbers may be given again.
func (s *Shelf) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.versions)
	clear(s.contents)
}

// Version returns one version with its answers; fault.Missing when there is none.
func (s *Shelf) Version(ctx context.Context, ref questions.Ref) (questions.Version, error) {
	all, err := s.Versions(ctx, []questions.Ref{ref})
	if err != nil {
		return questions.Version{}, err
	}
	v, ok := all[ref]
	if !ok {
		return questions.Version{}, fault.New(fault.Missing, "fault.missing")
	}
	return v, nil
}

// Versions returns those of the versions that exist.
func (s *Shelf) Versions(ctx context.Context, refs []questions.Ref) (map[questions.Ref]questions.Version, error) {
	got := make(map[questions.Ref]questions.Version, len(refs))
	var absent []questions.Ref
	s.mu.Lock()
	for _, ref := range refs {
		if v, ok := s.versions[ref]; ok {
			got[ref] = v
		} else {
			absent = append(absent, ref)
		}
	}
	s.mu.Unlock()
	if len(absent) == 0 {
		return got, nil
	}
	loaded, err := s.store.Versions(ctx, absent)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, v := range loaded {
		s.versions[v.Ref], got[v.Ref] = v, v
	}
	return got, nil
}

// Lexicon returns one revision of a bank's entities.
func (s *Shelf) Lexicon(ctx context.Context, bank questions.BankID, revision int) (questions.Lexicon, error) {
	key := lexiconKey{bank, revision}
	s.mu.Lock()
	l, ok := s.lexicons[key]
	s.mu.Unlock()
	if ok {
		return l, nil
	}
	l, err := s.store.Lexicon(ctx, bank, revision)
	if err != nil {
		return questions.Lexicon{}, err
	}
	s.mu.Lock()
	s.lexicons[key] = l
	s.mu.Unlock()
	return l, nil
}
