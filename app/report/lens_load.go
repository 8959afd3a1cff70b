package report

import (
	"context"
	"slices"

	"thaw/app/bank"
	"thaw/app/people"
	"thaw/questions"
)

// LensStore is what questions are put under the lens with.
type LensStore interface {
	// Lensed returns a question to who writes its bank, or teaches a class that has it;
	// to anybody else fault.Missing.
	Lensed(ctx context.Context, who people.Person, id questions.QuestionID) (Lensed, error)
	// Attempts returns, by bank, the first answers of pupils to live questions of the
	// banks, ordered by learner and question: of the pupils of all classes of the person's
	// that have the bank, and where an administrator looks at a built-in one, of all
	// classes; of the Pool who joined last, if there are more. Where the first answer that
	// stands was given before the pupil joined, just after the key was seen, or is void or
	// given away, there is none: a later one is never first. Of one question also what was
	// typed is loaded, and it need not be live; 0 is none.
	Attempts(ctx context.Context, who people.Person, banks []questions.BankID, closely questions.QuestionID) (map[questions.BankID][]Attempt, error)
}

// Pool is how many pupils of a bank are looked at.
const Pool = 1000

// Lensed is a question that somebody may look at closely.
type Lensed struct {
	Bank  bank.Bank
	Head  bank.Head
	Edits bool // the person writes the bank
	Rules bool // the person teaches a class of today that has it, and may rule for that
}

// Lens is questions under the lens.
type Lens struct {
	Items  []Item
	Pupils int // whose first answers count
}

// ClassLens looks at the questions of a class's banks, with the pupils of all classes of
// the teacher's that have them.
func (r Reporter) ClassLens(ctx context.Context, teacher people.Person, id questions.ClassID) (people.Class, Lens, error) {
	roll, err := r.Classes.Roll(ctx, teacher, id)
	if err != nil {
		return people.Class{}, Lens{}, err
	}
	banks, err := r.Shelf.All(ctx, roll.Open)
	if err != nil {
		return people.Class{}, Lens{}, err
	}
	l, err := r.lens(ctx, teacher, banks, questions.Ref{})
	return roll.Class, l, err
}

// QuestionLens looks at one question closely: it is the only item.
func (r Reporter) QuestionLens(ctx context.Context, who people.Person, id questions.QuestionID) (Lensed, Lens, error) {
	q, err := r.Lens.Lensed(ctx, who, id)
	if err != nil {
		return q, Lens{}, err
	}
	contents, err := r.Shelf.Bank(ctx, q.Head.Bank)
	if err != nil {
		return q, Lens{}, err
	}
	l, err := r.lens(ctx, who, []bank.Contents{contents}, questions.Ref{Question: id, Version: q.Head.Latest})
	l.Items = slices.DeleteFunc(l.Items, func(i Item) bool { return i.Version.Question != id })
	return q, l, err
}

// lens looks at the questions of banks, at one of them closely.
func (r Reporter) lens(ctx context.Context, who people.Person, banks []bank.Contents, closely questions.Ref) (Lens, error) {
	ids := make([]questions.BankID, len(banks))
	for i, b := range banks {
		ids[i] = b.Bank.ID
	}
	attempts, err := r.Lens.Attempts(ctx, who, ids, closely.Question)
	if err != nil {
		return Lens{}, err
	}
	refs := make([][]questions.Ref, len(banks))
	var all []questions.Ref
	for i, b := range banks {
		refs[i] = newestOf(b, closely)
		all = append(append(all, refs[i]...), earlier(refs[i], attempts[b.Bank.ID])...)
	}
	versions, err := r.Shelf.Versions(ctx, all)
	if err != nil {
		return Lens{}, err
	}
	var l Lens
	pupils := map[questions.LearnerID]bool{}
	for i, b := range banks {
		var newest []questions.Version
		for _, ref := range refs[i] {
			newest = append(newest, versions[ref])
		}
		l.Items = append(l.Items, Items(newest, attempts[b.Bank.ID], versions)...)
		for _, a := range attempts[b.Bank.ID] {
			pupils[a.Learner] = true
		}
	}
	l.Pupils = len(pupils)
	return l, nil
}

// newestOf are the newest wordings of a bank's live questions, and of the one that is
// looked at closely.
func newestOf(b bank.Contents, closely questions.Ref) (refs []questions.Ref) {
	for _, q := range b.Questions {
		refs = append(refs, questions.Ref{Question: q.ID, Version: q.Latest})
	}
	if closely.Question != 0 && !slices.ContainsFunc(refs, func(r questions.Ref) bool { return r.Question == closely.Question }) {
		refs = append(refs, closely)
	}
	return refs
}

// earlier are the wordings beside the newest that attempts have seen.
func earlier(newest []questions.Ref, attempts []Attempt) (refs []questions.Ref) {
	have := map[questions.Ref]bool{}
	for _, ref := range newest {
		have[ref] = true
	}
	for _, a := range attempts {
		if !have[a.Ref] {
			have[a.Ref] = true
			refs = append(refs, a.Ref)
		}
	}
	return refs
}
