package main

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"strconv"
	"sync"
	"time"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/questions"
	"thaw/questions/grade"
	"thaw/questions/kind"
)

// The demonstration: a class that has studied for sixty days. Everything goes
// the way a real answer goes; only the clock and the learners are made up, and
// the same each time.
const demoDays = 60

var demoNames = []string{"Ada", "Bela", "Chiara", "Dimitri", "Edith", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Katya", "Leon"}

// demoPassword opens every account of the demonstration.
const demoPassword = "sixty days of thaw" // #nosec G101 -- of made-up learners in a scratch database

// simulate lets the class study until now.
func simulate(ctx context.Context, p *parts, now time.Time) error {
	password, err := p.Desk.Hash(ctx, demoPassword)
	if err != nil {
		return err
	}
	begun := now.AddDate(0, 0, -demoDays).Truncate(24 * time.Hour)
	class, err := p.school(ctx, password, begun)
	if err != nil {
		return err
	}
	var group sync.WaitGroup
	failed := make([]error, len(demoNames))
	for i, name := range demoNames {
		group.Go(func() {
			failed[i] = p.live(ctx, name, password, class, now)
		})
	}
	group.Wait()
	return errors.Join(failed...)
}

// pupil is a made-up learner: talent is the chance to know what was never seen,
// diligence the chance to study on a day.
type pupil struct {
	person    people.Person
	host      quiz.Host
	rng       *rand.Rand
	clock     time.Time
	talent    float64
	diligence float64
}

// live makes one learner and sixty days of study.
func (p *parts) live(ctx context.Context, name, password string, class questions.ClassID, now time.Time) error {
	h := fnv.New64a()
	_, _ = h.Write([]byte(name))               // a hash takes everything
	rng := rand.New(rand.NewPCG(h.Sum64(), 1)) // #nosec G404 -- made-up learners
	start := now.AddDate(0, 0, -demoDays)
	who := people.Person{ID: questions.LearnerID(h.Sum64() >> 1), Name: name, Role: people.Pupil, Lang: "en", // #nosec G115 -- halved
		Zone: "UTC", Buttons: 2, Size: 100, NewADay: people.StandardNew, Minutes: people.StandardMinutes, Created: start, Noted: true}
	err := p.people.AccountAdd(ctx, people.Account{Person: who, Password: password}, people.Fold(name), nil)
	if err != nil {
		return err
	}
	if err := p.joins(ctx, class, who, start.Truncate(24*time.Hour)); err != nil {
		return err
	}
	u := &pupil{person: who, rng: rng, talent: .35 + .4*rng.Float64(), diligence: .35 + .55*rng.Float64()}
	u.host = p.Host
	u.host.Now = func() time.Time { return u.clock }
	u.host.Rand = func() *rand.Rand { return rng }
	for day := range demoDays {
		u.clock = start.AddDate(0, 0, day).Truncate(24 * time.Hour).Add(time.Duration(8+rng.IntN(12)) * time.Hour)
		if rng.Float64() > u.diligence || u.clock.After(now) {
			continue
		}
		if err := u.study(ctx); err != nil {
			return fmt.Errorf("day %d of %s: %w", day, name, err)
		}
	}
	return nil
}

// study reviews what is due, and takes a quiz now and then.
func (u *pupil) study(ctx context.Context) error {
	n, err := u.host.Review(ctx, u.person, quiz.Wish{}, u.token())
	if err == nil {
		if err := u.sit(ctx, n); err != nil {
			return err
		}
	} else if !fault.Is(err, fault.Missing) {
		return err
	}
	if u.rng.Float64() > .35 {
		return nil
	}
	if n, err = u.host.Quiz(ctx, u.person, 0, u.token()); err != nil {
		return err
	}
	return u.sit(ctx, n)
}

// sit answers everything that a sitting asks.
func (u *pupil) sit(ctx context.Context, n int) error {
	for pos := 1; ; pos++ {
		turn, err := u.host.Store.Turn(ctx, u.person.ID, n, pos)
		if fault.Is(err, fault.Missing) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := u.answer(ctx, turn); err != nil {
			return err
		}
	}
}

// answer gives the key or something else, as memory has it.
func (u *pupil) answer(ctx context.Context, t quiz.Turn) error {
	version, err := u.host.Shelf.Version(ctx, t.Item.Ref)
	if err != nil {
		return err
	}
	took := time.Duration(4+u.rng.IntN(12)) * time.Second
	u.clock = u.clock.Add(took)
	sub := quiz.Submission{Sitting: t.Sitting.N, Pos: t.Item.Pos, Took: took}
	if version.Kind == questions.Flash {
		sub.Token, sub.Response = u.token(), questions.Response{"show"}
		if err := u.host.Answer(ctx, u.person, sub); err != nil {
			return err
		}
	}
	sub.Token, sub.Response = u.token(), u.response(version.In(t.Item.Order), u.knows(t))
	if err := u.host.Answer(ctx, u.person, sub); err != nil {
		return err
	}
	after, err := u.host.Store.Turn(ctx, u.person.ID, t.Sitting.N, t.Item.Pos)
	if err != nil || after.Item.State == quiz.Closed {
		return err
	}
	sub.Token, sub.Response = u.token(), u.response(version.In(t.Item.Order), true)
	return u.host.Answer(ctx, u.person, sub)
}

// knows tells whether the fact is remembered at this moment.
func (u *pupil) knows(t quiz.Turn) bool {
	chance := u.talent
	if len(t.Cards) > 0 && t.Cards[0].Seen() {
		chance = t.Cards[0].Recall(u.clock) * (.85 + .15*u.talent)
	}
	return u.rng.Float64() < chance
}

func (u *pupil) response(v questions.Version, right bool) questions.Response {
	switch v.Kind {
	case questions.Flash:
		if right {
			return questions.Response{"good"}
		}
		return questions.Response{"again"}
	case questions.Choice, questions.Truth:
		if !right {
			return questions.Response{strconv.Itoa(1 + u.rng.IntN(len(v.Answers)))} // a guess
		}
		return picks(v, right)[:1]
	case questions.Several:
		return picks(v, right)
	case questions.Order, questions.Match:
		return arranged(v, right)
	}
	typed := make(questions.Response, kind.Parts(v))
	for i := range typed {
		key, ok := v.Key(i + 1)
		typed[i] = grade.Canonical(key)
		if !ok || !right {
			typed[i] = "no idea"
		}
	}
	return typed
}

// picks lists the options that are right, or those that are not.
func picks(v questions.Version, right bool) questions.Response {
	var places questions.Response
	for i, a := range v.Answers {
		if (a.Credit == 1) == right {
			places = append(places, strconv.Itoa(i+1))
		}
	}
	return places
}

// arranged puts everything where it belongs, or each thing where the one before it
// does.
func arranged(v questions.Version, right bool) questions.Response {
	places := kind.Solution(v)
	if !right && len(places) > 1 {
		places = append(places[1:], places[0])
	}
	return places
}

func (u *pupil) token() string {
	const letters = "abcdefghijklmnopqrstuvwxyz"
	token := make([]byte, 22)
	for i := range token {
		token[i] = letters[u.rng.IntN(len(letters))]
	}
	return string(token)
}
