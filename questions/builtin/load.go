package builtin

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strconv"
	"strings"
)

//go:embed *.yaml topics/*.yaml
var embedded embed.FS

// The names of the files beside the topics.
const (
	bankName     = "bank.yaml"
	entitiesName = "entities.yaml"
	readingName  = "reading.yaml"
)

// Load returns the embedded bank. Its error is of type Problems.
func Load() (Bank, error) { return LoadFS(embedded) }

// LoadFS reads and checks a bank. Its error is of type Problems and names the
// file and the line of each thing that is wrong.
func LoadFS(data fs.FS) (Bank, error) {
	revision, err := hashFS(data)
	if err != nil {
		return Bank{}, err
	}
	l := loader{data: data}
	bank := l.bank()
	bank.Revision = revision
	if len(l.problems) > 0 {
		return Bank{}, l.problems
	}
	bank.typeset()
	return bank, nil
}

// hashFS returns the SHA-256 over the names and contents of the data files, in
// hex. The order is that of the names.
func hashFS(data fs.FS) (string, error) {
	sum := sha256.New()
	err := fs.WalkDir(data, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() || path.Ext(name) != ".yaml" {
			return nil
		}
		text, err := fs.ReadFile(data, name)
		if err != nil {
			return err
		}
		sum.Write(fmt.Appendf(nil, "%s\n%d\n", name, len(text)))
		sum.Write(text)
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("hashing the built-in bank: %w", err)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// loader reads the files of a bank and collects what is wrong with them.
type loader struct {
	data     fs.FS
	problems Problems
	unread   bool // a file could not be read
	planned  bool // a topic has no file yet
}

// bankFile is the shape of bank.yaml.
type bankFile struct {
	Slug   string      `yaml:"slug"`
	Title  string      `yaml:"title"`
	Lang   string      `yaml:"lang"`
	About  string      `yaml:"about"`
	Source Source      `yaml:"source"`
	Topics []topicLine `yaml:"topics"`
}

// topicLine announces a topic; one without a file is planned.
type topicLine struct {
	Slug  string `yaml:"slug"`
	Title string `yaml:"title"`
	File  string `yaml:"file"`
}

// topicFile is the shape of a file in topics.
type topicFile struct {
	Topic     string         `yaml:"topic"`
	Title     string         `yaml:"title"`
	About     string         `yaml:"about"`
	Facts     []Fact         `yaml:"facts"`
	Questions []questionItem `yaml:"questions"`
}

// questionItem is a question as it is written: a flashcard has a front.
type questionItem struct {
	Question `yaml:",inline"`
	Front    string `yaml:"front"`
}

// bank reads all files. References are checked once everything is there, since
// a topic may ask for the facts of another one.
func (l *loader) bank() Bank {
	var file bankFile
	root := l.read(bankName, &file)
	if root.missing() {
		return Bank{}
	}
	bank := Bank{Slug: file.Slug, Title: file.Title, Lang: file.Lang, About: file.About, Source: file.Source}
	l.checkBank(root, bank)
	c := checker{loader: l, names: map[string]map[string]Pos{}}
	bank.Entities = c.entities()
	bank.Sections = c.sections()
	for i, at := range root.list("topics") {
		if topic, ok := c.topic(at, file.Topics[i]); ok {
			bank.Topics = append(bank.Topics, topic)
		}
	}
	c.references()
	return bank
}

func (l *loader) checkBank(root item, bank Bank) {
	l.need(root, "slug", "title", "lang", "about", "source", "topics")
	source := root.field("source")
	if !source.missing() {
		l.need(source, "title", "site", "url", "licence")
	}
	l.checkSlug(root, "slug", bank.Slug)
}

func (c *checker) entities() []Entity {
	var file struct {
		Entities []Entity `yaml:"entities"`
	}
	root := c.read(entitiesName, &file)
	for i, at := range root.list("entities") {
		file.Entities[i].Pos = at.pos()
		c.entity(at, file.Entities[i])
	}
	return file.Entities
}

func (c *checker) sections() []Section {
	var file struct {
		Sections []Section `yaml:"sections"`
	}
	root := c.read(readingName, &file)
	for i, at := range root.list("sections") {
		section := &file.Sections[i]
		c.need(at, "title", "passages")
		c.define("section", at, section.Slug)
		for j, at := range at.list("passages") {
			section.Passages[j].Pos = at.pos()
			c.need(at, "text")
			c.define("passage", at, section.Passages[j].Slug)
		}
	}
	return file.Sections
}

// topic reads the file of one topic; a planned one has none yet.
func (c *checker) topic(at item, line topicLine) (Topic, bool) {
	c.need(at, "title")
	c.define("topic", at, line.Slug)
	if line.File == "" {
		c.planned = true
		return Topic{}, false
	}
	var file topicFile
	root := c.read(line.File, &file)
	if root.missing() {
		return Topic{}, false
	}
	c.need(root, "topic", "title", "about", "facts", "questions")
	c.same(root, "topic", file.Topic, line.Slug)
	c.same(root, "title", file.Title, line.Title)
	topic := Topic{Slug: line.Slug, Title: line.Title, About: file.About, Facts: file.Facts, file: line.File}
	for i, at := range root.list("facts") {
		topic.Facts[i].Pos = at.pos()
		c.fact(at, topic.Facts[i])
	}
	for i, at := range root.list("questions") {
		q := file.Questions[i].asQuestion()
		q.Pos = at.pos()
		c.question(at, q)
		topic.Questions = append(topic.Questions, q)
	}
	return topic, true
}

func (i questionItem) asQuestion() Question {
	if i.Front != "" {
		i.Prompt = i.Front
	}
	if i.Kind == Cloze {
		i.Prompt = i.dig()
	}
	return i.Question
}

var gapShape = regexp.MustCompile(`\{\{([^{}]*)\}\}`)

// dig gives each gap the key that stands in its place in the prompt, and returns
// the prompt with their numbers. A gap that is nowhere stays without a key.
func (q Question) dig() string {
	n := 0
	return gapShape.ReplaceAllStringFunc(q.Prompt, func(text string) string {
		if n++; n <= len(q.Gaps) {
			q.Gaps[n-1].Key = strings.TrimSpace(text[2 : len(text)-2])
		}
		return "{{" + strconv.Itoa(n) + "}}"
	})
}
