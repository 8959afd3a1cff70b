package bank

import (
	"context"
	"sync"

	"thaw/app/people"
	"thaw/questions"
)

// Progress keeps how far imports have come that are added in the background. The zero
// value is ready for use.
type Progress struct {
	mu    sync.Mutex
	works map[work]Step
}

type work struct {
	who questions.LearnerID
	n   int
}

// Step is how far an import has come. The zero Step is one that nobody has begun in this
// program; whether it is added, the import itself tells.
type Step struct {
	Done, All int
	Running   bool
	Err       error // why it has ended without being added
}

func (p *Progress) set(w work, s Step) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.works == nil {
		p.works = map[work]Step{}
	}
	p.works[w] = s
}

// begin notes that a work is under way; false where it is already.
func (p *Progress) begin(w work) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.works == nil {
		p.works = map[work]Step{}
	}
	if p.works[w].Running {
		return false
	}
	p.works[w] = Step{Running: true}
	return true
}

// Start adds a staged import in the background; Step says how far it is. Starting it
// twice starts it once.
func (i Importer) Start(ctx context.Context, who people.Person, n int) {
	w := work{who.ID, n}
	if !i.Works.begin(w) {
		return
	}
	ctx = context.WithoutCancel(ctx)
	go func() {
		_, err := i.Add(ctx, who, n, func(done, all int) { i.Works.set(w, Step{Done: done, All: all, Running: true}) })
		i.Works.set(w, Step{Err: err})
	}()
}

// Step says how far an import has come that was started.
func (i Importer) Step(who people.Person, n int) Step {
	i.Works.mu.Lock()
	defer i.Works.mu.Unlock()
	return i.Works.works[work{who.ID, n}]
}
