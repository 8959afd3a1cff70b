package jobs

import (
	"strings"
	"sync"
	"time"
)

// Ran is how a job last went.
type Ran struct {
	Name string
	At   time.Time // when it ended; zero: it has not run yet
	Took time.Duration
	Err  string // the first line of what went wrong; "": nothing
}

// Record remembers how each job last went. The zero value is ready; nil remembers nothing.
type Record struct {
	mu   sync.Mutex
	last map[string]Ran
}

// Of returns how the jobs last went, in their order.
func (r *Record) Of(jobs []Job) []Ran {
	r.mu.Lock()
	defer r.mu.Unlock()
	list := make([]Ran, len(jobs))
	for i, j := range jobs {
		list[i] = r.last[j.Name]
		list[i].Name = j.Name
	}
	return list
}

func (r *Record) note(name string, at time.Time, took time.Duration, err error) {
	if r == nil {
		return
	}
	ran := Ran{Name: name, At: at, Took: took}
	if err != nil {
		ran.Err, _, _ = strings.Cut(err.Error(), "\n")
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.last == nil {
		r.last = map[string]Ran{}
	}
	r.last[name] = ran
}
