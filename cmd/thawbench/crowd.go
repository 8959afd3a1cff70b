package main

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"thaw/app"
	"thaw/app/people"
	"thaw/questions"
	"thaw/questions/grade"
	"thaw/questions/kind"
)

// learner is a guest who has answered the first question of a quiz, and knows
// what to answer to the others.
type learner struct {
	person people.Person
	cookie string
	waits  []questions.Response // from the second question on
}

// crowd is the learners of a benchmark. Every learner's second question is
// answered, then every learner's third: nobody answers twice in a moment.
type crowd []learner

// perLearner is how many answers wait in a learner's quiz of ten.
const perLearner = 9

// answer is one answer that waits.
type answer struct {
	*learner
	pos int
}

func (c crowd) answers() int { return len(c) * perLearner }

// at is the i-th answer that waits.
func (c crowd) at(i int) answer { return answer{&c[i%len(c)], i/len(c) + 2} }

func (a answer) response() questions.Response { return a.waits[a.pos-2] }

func (a answer) token() string { return fmt.Sprintf("answer-%d-of-the-benchmark", a.pos) }

// form is the answer as a browser sends it.
func (a answer) form() string {
	return "took=4000&token=" + a.token() + "&" + url.Values{"answer": a.response()}.Encode()
}

// gather makes learners the way strangers become guests.
func gather(ctx context.Context, a *app.App, answers int) (crowd, error) {
	c := make(crowd, (answers+perLearner-1)/perLearner)
	return c, parallel(len(c), func(i int) (err error) {
		c[i], err = come(ctx, a, i)
		return err
	})
}

// come is one stranger's first answer. Every one has an address of their own.
func come(ctx context.Context, a *app.App, i int) (learner, error) {
	nonce := fmt.Sprintf("learner-%d-of-the-benchmark", i)
	landing, _, err := a.Host.Land(ctx, nonce)
	if err != nil {
		return learner{}, err
	}
	address := fmt.Sprintf("10.%d.%d.%d", i>>16&255, i>>8&255, i&255)
	opened, words, err := a.Desk.Newcomer(ctx, nonce, address, "en", "Europe/Berlin")
	if err != nil {
		return learner{}, err
	}
	newcomer := &people.Newcomer{Person: opened.Person, Session: opened.Session, Words: words}
	n, err := a.Host.Start(ctx, opened.Person, newcomer, landing, questions.Response{"1"}, 4*time.Second)
	if err != nil {
		return learner{}, err
	}
	waits, err := responses(ctx, a, opened.Person.ID, n)
	return learner{opened.Person, opened.Cookie, waits}, err
}

// responses are what will be answered to the open questions of a sitting.
func responses(ctx context.Context, a *app.App, who questions.LearnerID, n int) ([]questions.Response, error) {
	sitting, err := a.Host.Store.Sitting(ctx, who, n)
	if err != nil {
		return nil, err
	}
	var all []questions.Response
	for _, item := range sitting.Items[1:] {
		v, err := a.Shelf.Version(ctx, item.Ref)
		if err != nil {
			return nil, err
		}
		all = append(all, response(v))
	}
	if len(all) != perLearner {
		return nil, fmt.Errorf("a quiz has %d questions, want %d", len(all)+1, perLearner+1)
	}
	return all, nil
}

// response is the key where an answer is typed, the first option, right or wrong,
// where one is chosen, and all where several are: each of them closes its question.
func response(v questions.Version) questions.Response {
	switch v.Kind {
	case questions.Choice, questions.Truth:
		return questions.Response{"1"}
	case questions.Several:
		var all questions.Response
		for i := range v.Answers {
			all = append(all, strconv.Itoa(i+1))
		}
		return all
	case questions.Order, questions.Match:
		return kind.Solution(v)
	}
	typed := make(questions.Response, kind.Parts(v))
	for i := range typed {
		key, _ := v.Key(i + 1)
		typed[i] = grade.Canonical(key)
	}
	return typed
}

// crew is how many do a thing at the same time that is not measured.
const crew = 64

// parallel runs something n times and returns the first error.
func parallel(n int, run func(i int) error) error {
	var next atomic.Int64
	var failed atomic.Pointer[error]
	var group sync.WaitGroup
	for range crew {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && failed.Load() == nil; i = int(next.Add(1)) - 1 {
				if err := run(i); err != nil {
					failed.CompareAndSwap(nil, &err)
				}
			}
		})
	}
	group.Wait()
	if err := failed.Load(); err != nil {
		return *err
	}
	return nil
}
