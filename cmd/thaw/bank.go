package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"thaw/questions"
	"thaw/questions/builtin"
	"thaw/views/text"
)

// bankCheck is `thaw bank check [FILE…]`.
type bankCheck struct {
	Files []string `arg:"" optional:"" name:"file" help:"Topic files, or a folder that holds a whole bank (bank.yaml); without one, the built-in bank." placeholder:"FILE"`
	JSON  bool     `name:"json" help:"Print one JSON object." env:"THAW_JSON"`
}

// inspection is what bank check prints as JSON.
type inspection struct {
	Topics     map[string]*held `json:"topics"`
	Kinds      map[string]int   `json:"kinds"`
	Questions  int              `json:"questions"` // flashcards are not among them
	Flashcards int              `json:"flashcards"`
	Core       int              `json:"core"` // items that a quiz question and a flashcard ask for
	Problems   []placed         `json:"problems"`
}

type held struct {
	Questions  int `json:"questions"`
	Flashcards int `json:"flashcards"`
}

// placed is a problem with its place. A broken file breaks the rule "format".
type placed struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Rule   string `json:"rule"`
	Reason string `json:"reason"`
	number int
}

// Run checks a bank against the rules of good questions and prints what it finds. The
// error says how many problems there are.
func (b bankCheck) Run(o out) error {
	c, folder, err := b.checked()
	if err != nil {
		return err
	}
	r := inspectionOf(c, folder)
	if b.JSON {
		e := json.NewEncoder(o)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		err = e.Encode(r)
	} else {
		err = r.print(o)
	}
	if n := len(r.Problems); n > 0 && err == nil {
		return fmt.Errorf("%s", text.T("en", "lint.count", n))
	}
	return err
}

// checked checks what the files name, and says in which folder its files are.
func (b bankCheck) checked() (c builtin.Checked, folder string, err error) {
	if len(b.Files) == 0 {
		return builtin.CheckBuiltIn(), "", nil
	}
	if info, err := os.Stat(b.Files[0]); len(b.Files) == 1 && err == nil && info.IsDir() {
		return builtin.Check(os.DirFS(b.Files[0])), b.Files[0], nil
	}
	files := map[string][]byte{}
	for _, name := range b.Files {
		if files[name], err = os.ReadFile(name); err != nil { // #nosec G304 -- what the person names
			return c, "", err
		}
	}
	return builtin.CheckTopics(b.Files, files), "", nil
}

func inspectionOf(c builtin.Checked, folder string) inspection {
	r := inspection{Topics: map[string]*held{}, Kinds: map[string]int{}, Core: c.Covered, Problems: []placed{}}
	for _, t := range c.Bank.Topics {
		n := &held{}
		r.Topics[t.Slug] = n
		for _, q := range t.Questions {
			r.Kinds[q.Kind]++
			if q.Kind == questions.Flash {
				n.Flashcards++
			} else {
				n.Questions++
			}
		}
		r.Questions, r.Flashcards = r.Questions+n.Questions, r.Flashcards+n.Flashcards
	}
	for _, p := range c.Broken {
		r.Problems = append(r.Problems, placed{filepath.Join(folder, p.File), p.Line, "format", p.Text, 0})
	}
	for _, f := range c.Findings {
		reason := reasonOf(questions.Mark{Reason: f.Reason})
		r.Problems = append(r.Problems, placed{filepath.Join(folder, f.File), f.Line, f.Rule.Name, reason, f.Rule.Number})
	}
	return r
}

func (r inspection) print(o out) error {
	for _, p := range r.Problems {
		if _, err := fmt.Fprintf(o, "%s:%d: rule %d %s: %s\n", p.File, p.Line, p.number, p.Rule, p.Reason); err != nil {
			return err
		}
	}
	return nil
}
