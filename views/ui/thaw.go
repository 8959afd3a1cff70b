package ui

import (
	"strconv"

	"thaw/views/text"
)

// Thaw is a step of the scale of memory: 0 is never seen, 1 frozen to 6 glowing.
type Thaw int

// Steps of the scale.
const (
	Unseen Thaw = iota
	Frozen
	Cold
	Cool
	Mild
	Warm
	Glowing
)

// lasting is the stability, in days, from which a memory counts as well known:
// three weeks without a review cost it a tenth.
const lasting = 21

// bounds are the recalls below which a memory is at the step, from frozen on.
// What is due at the usual retention of 0.9 has just become mild.
var bounds = [...]float64{0.5, 0.7, 0.8, 0.9, 0.95}

// Scale places a memory on the scale. It is the one place that decides it.
// Recall is the chance of remembering now, 0..1; stability is in days. Below
// 0.5 a memory is frozen, 0.7 cold, 0.8 cool, 0.9 mild, 0.95 warm. Above that it
// glows if its stability is at least 21 days: what was learned a minute ago is
// fresh, not well known.
func Scale(recall, stabilityDays float64, seen bool) Thaw {
	if !seen {
		return Unseen
	}
	for i, bound := range bounds {
		if recall < bound {
			return Frozen + Thaw(i)
		}
	}
	if stabilityDays >= lasting {
		return Glowing
	}
	return Warm
}

// All lists the steps of what has been seen, from frozen to glowing.
func All() []Thaw { return []Thaw{Frozen, Cold, Cool, Mild, Warm, Glowing} }

// BestFirst lists every step as charts show them: from glowing to frozen, what
// was never seen last.
func BestFirst() []Thaw {
	var list []Thaw
	for step := Glowing; step >= Unseen; step-- {
		list = append(list, step)
	}
	return list
}

// Word says the step in a word or two; a colour never stands without it.
func (t Thaw) Word(lang string) string {
	if t < Frozen || t > Glowing {
		return text.T(lang, "thaw.unseen")
	}
	return text.T(lang, "thaw."+strconv.Itoa(int(t)))
}

// within keeps a step on the scale, so that a wrong number draws an empty line.
func (t Thaw) within() Thaw { return min(max(t, Unseen), Glowing) }

func (t Thaw) class(prefix string) string { return prefix + strconv.Itoa(int(t.within())) }

// moved says where the memory is, and where it was if that differs.
func moved(lang string, before, after Thaw) string {
	if before == after {
		return text.T(lang, "thaw.line", after.Word(lang))
	}
	return text.T(lang, "thaw.moved", before.Word(lang), after.Word(lang))
}
