package study

import (
	"strconv"

	"thaw/app/fsrs"
	"thaw/questions"
)

// Claimed is what becomes of an account's study when it claims a guest's: the
// guest's events are appended under new numbers, and all that is derived follows
// from the whole past in the order of time.
type Claimed struct {
	Guest   questions.LearnerID
	Account questions.LearnerID
	Last    int64  // the account's last event until now; the guest's are numbered on from it
	GuestN  int64  // the guest's last event
	Event   Event  // says what happened, after the guest's events; no What: the guest has none
	Marks   []Past // events of the account, the guest's among them, whose marks meet another memory now
	Cards   []Card // all cards of the account
	Cares   []Care // of the account, without notes
	Days    []Tally
	Weights fsrs.Weights // in force afterwards
	Adopted int64        // by which event; 0: the default ones

	Stand, GuestStand Stand
}

// ClaimInto decides what a guest's past, theirs, becomes in an account whose
// past is mine. e is when and where it happens. It is pure.
func ClaimInto(mine, theirs []Past, guest questions.LearnerID, e Event) Claimed {
	c := Claimed{Guest: guest, Account: e.Learner, Last: last(mine), GuestN: last(theirs)}
	all := make([]Past, 0, len(mine)+len(theirs))
	all = append(all, mine...)
	for _, p := range theirs {
		all = append(all, p.moved(c.Account, c.Last))
	}
	past, cards := Replay(all)
	c.Marks, c.Cards, c.Days = remarked(all, past), cards, Days(past)
	c.Cares = Cares(all)
	c.Weights, c.Adopted = InForce(all)
	if len(theirs) > 0 {
		c.Event = claim(e, theirs)
		_, c.Event.Weights = InForce(mine)
	}
	return c
}

// claim is the event of it. It stands on the version that the guest saw last, and
// its token lets no account claim the same guest twice.
func claim(e Event, theirs []Past) Event {
	seen := theirs[len(theirs)-1]
	e.What, e.Ref, e.Lexicon = Claim, seen.Ref, seen.Lexicon
	e.Response = questions.Response{strconv.Itoa(len(theirs))}
	e.Token = "claim-" + seen.Learner.String()
	return e
}

// moved is the event in the log of an account, numbered on from its last.
func (p Past) moved(to questions.LearnerID, from int64) Past {
	p.Learner, p.Seq = to, p.Seq+from
	if p.Voids != 0 {
		p.Voids += from
	}
	if p.About != 0 {
		p.About += from
	}
	if p.Weights != 0 {
		p.Weights += from
	}
	return p
}

// last is the highest number of a learner's events.
func last(past []Past) (seq int64) {
	for _, p := range past {
		seq = max(seq, p.Seq)
	}
	return seq
}

// remarked lists the events whose marks meet another memory than they did.
func remarked(before, after []Past) []Past {
	met := make(map[int64][]Mark, len(before))
	for _, p := range before {
		met[p.Seq] = p.Marks
	}
	var changed []Past
	for _, p := range after {
		for i, m := range p.Marks {
			if !m.meets(met[p.Seq][i]) {
				changed = append(changed, p)
				break
			}
		}
	}
	return changed
}

// meets tells whether two marks met the same memory.
func (m Mark) meets(other Mark) bool {
	return m.Recall == other.Recall && m.Stability == other.Stability && m.Elapsed == other.Elapsed
}
