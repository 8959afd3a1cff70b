package train

import (
	"cmp"
	"slices"

	"thaw/app/fsrs"
)

// Cards that have gone the same way so far have the same memory. So a log is
// folded into trees: a node is a way, its parent the way without the last review,
// and what is the same for many cards is computed once (reviews_real has 12,580
// reviews and 5,700 nodes). The trees that grow from the same three first reviews
// stand in one part; the parts are fixed by the log alone and are computed on as
// many cores as there are.

// part is some of the nodes, those of fewer reviews first, so that what a
// processor computes for one node does not wait for the node before it.
type part struct {
	level  []int32 // where the nodes of each depth begin, and the end; a first review has the depth 0
	parent []int32
	days   []float32 // since the review before; 0 on the same day
	rating []fsrs.Rating
	weight []float32 // of the items that end here, summed; 0: none
	grows  []bool    // has children
	luck   []int32   // which of the lucks; nil where no answer can be luck
	lucks  []luck
}

// parts is how many a log is cut into, about.
const parts = 8

// fold cuts a log into parts.
func fold(l log) []part {
	groups := l.groups()
	made := make([]part, len(groups))
	for i, cards := range groups {
		made[i] = l.tree(cards)
	}
	return made
}

// groups puts cards whose first three reviews are the same into one group, and
// makes the groups about equal in reviews.
func (l *log) groups() [][]span {
	type kin struct {
		cards   []span
		reviews int
	}
	var all []kin
	at := map[[3]uint64]int{}
	for _, c := range l.cards {
		key := l.opening(c)
		i, ok := at[key]
		if !ok {
			i = len(all)
			at[key] = i
			all = append(all, kin{})
		}
		all[i].cards = append(all[i].cards, c)
		all[i].reviews += c.len()
	}
	slices.SortStableFunc(all, func(a, b kin) int { return cmp.Compare(b.reviews, a.reviews) })
	groups := make([]kin, min(parts, len(all)))
	for _, k := range all {
		least := 0
		for i := range groups {
			if groups[i].reviews < groups[least].reviews {
				least = i
			}
		}
		groups[least].cards = append(groups[least].cards, k.cards...)
		groups[least].reviews += k.reviews
	}
	made := make([][]span, len(groups))
	for i, g := range groups {
		made[i] = g.cards
	}
	return made
}

// opening is a card's first three reviews.
func (l *log) opening(c span) (key [3]uint64) {
	for i := range min(3, c.len()) {
		at := c.from + int32(i)                                                      // #nosec G115 -- 0 to 2
		key[i] = uint64(l.luckOf(at))<<32 | uint64(step32(l.days[at], l.rating[at])) // #nosec G115 -- bits
	}
	return key
}

// step32 is days and rating in one number, above 0.
func step32(days float32, g fsrs.Rating) uint32 { return uint32(days)<<3 | uint32(g) }

// tree makes the nodes of some cards.
func (l *log) tree(cards []span) part {
	reviews := 0
	for _, c := range cards {
		reviews += c.len()
	}
	t := newSprout(reviews, l.luck != nil)
	for _, c := range cards {
		node := int32(-1)
		for i := c.from; i < c.to; i++ {
			node = t.child(node, l.days[i], l.rating[i], l.luckOf(i))
			t.weight[node] += l.weight[i]
		}
	}
	p := t.part()
	p.lucks = l.lucks
	return p
}

// sprout is a part that grows: nodes in the order in which they were met, and a
// hash table (open addressing) from a node and a step to the child.
type sprout struct {
	parent []int32
	days   []float32
	rating []fsrs.Rating
	weight []float32
	luck   []int32 // nil where no answer can be luck
	depth  []int32
	slots  []int32 // 0: free, else a node + 1
	shift  uint
}

func newSprout(reviews int, lucky bool) *sprout {
	bits := uint(4)
	for 1<<bits < reviews*3/2 {
		bits++
	}
	t := &sprout{slots: make([]int32, 1<<bits), shift: 64 - bits}
	if lucky {
		t.luck = make([]int32, 0, reviews)
	}
	return t
}

func (t *sprout) child(of int32, days float32, g fsrs.Rating, luck int32) int32 {
	key := uint64(uint32(of))<<32 | uint64(step32(days, g)) ^ uint64(luck)<<24                 // #nosec G115 -- bits
	for at := int(key * 0x9e3779b97f4a7c15 >> t.shift); ; at = (at + 1) & (len(t.slots) - 1) { // #nosec G115 -- few bits are left
		n := t.slots[at] - 1
		if n < 0 {
			t.slots[at] = int32(len(t.parent) + 1) // #nosec G115 -- fewer than 2^31 reviews
			return t.add(of, days, g, luck)
		}
		if t.parent[n] == of && t.days[n] == days && t.rating[n] == g && (t.luck == nil || t.luck[n] == luck) {
			return n
		}
	}
}

func (t *sprout) add(of int32, days float32, g fsrs.Rating, luck int32) int32 {
	depth := int32(0)
	if of >= 0 {
		depth = t.depth[of] + 1
	}
	t.parent, t.days, t.rating = append(t.parent, of), append(t.days, days), append(t.rating, g)
	t.weight, t.depth = append(t.weight, 0), append(t.depth, depth)
	if t.luck != nil {
		t.luck = append(t.luck, luck)
	}
	return int32(len(t.parent) - 1) // #nosec G115 -- fewer than 2^31 reviews
}

// part puts the nodes in the order of their depth, and leaves out those that end
// in nothing to be foretold.
func (t *sprout) part() part {
	n := len(t.parent)
	useful := make([]bool, n)
	grows := make([]bool, n)
	for i := n - 1; i >= 0; i-- {
		useful[i] = useful[i] || t.weight[i] > 0
		if p := t.parent[i]; useful[i] && p >= 0 {
			useful[p], grows[p] = true, true
		}
	}
	var count []int32
	for i, d := range t.depth {
		for int(d) >= len(count) {
			count = append(count, 0)
		}
		if useful[i] {
			count[d]++
		}
	}
	total := int32(0)
	level := make([]int32, 0, len(count)+1)
	for d, k := range count {
		level = append(level, total)
		count[d], total = total, total+k
	}
	p := part{level: append(level, total), parent: make([]int32, total), days: make([]float32, total), rating: make([]fsrs.Rating, total),
		weight: make([]float32, total), grows: make([]bool, total)}
	if t.luck != nil {
		p.luck = make([]int32, total)
	}
	place := make([]int32, n)
	for i := range n {
		if !useful[i] {
			continue
		}
		at := count[t.depth[i]]
		count[t.depth[i]]++
		place[i] = at
		p.parent[at] = -1
		if t.parent[i] >= 0 {
			p.parent[at] = place[t.parent[i]]
		}
		p.days[at], p.rating[at], p.weight[at], p.grows[at] = t.days[i], t.rating[i], t.weight[i], grows[i]
		if t.luck != nil {
			p.luck[at] = t.luck[i]
		}
	}
	return p
}
