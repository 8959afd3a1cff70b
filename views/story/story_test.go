package story_test

import (
	"bytes"
	"context"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"thaw/views/story"
)

func TestEveryStoryIsSoundHTML(t *testing.T) {
	stories := story.All()
	if len(stories) < 30 {
		t.Fatalf("%d stories, want every page in every state", len(stories))
	}
	seen := map[string]bool{}
	for _, s := range stories {
		if seen[s.Name] {
			t.Errorf("two stories are named %s", s.Name)
		}
		seen[s.Name] = true
		t.Run(s.Name, func(t *testing.T) {
			var page bytes.Buffer
			if err := s.Render(context.Background()).Render(context.Background(), &page); err != nil {
				t.Fatal(err)
			}
			doc, err := html.Parse(&page)
			if err != nil {
				t.Fatal(err)
			}
			for _, problem := range problems(doc) {
				t.Error(problem)
			}
		})
	}
}

func TestProblemsAreSeen(t *testing.T) {
	doc, err := html.Parse(strings.NewReader(`<html><body><h1>a</h1><h1>b</h1><p id=x style="color:red"><p id=x onclick="a()">
		<input name=q><a href="https://elsewhere.example/">b</a><script>alert(1)</script><img src="http://elsewhere.example/x.png">{missing.key}`))
	if err != nil {
		t.Fatal(err)
	}
	if got := len(problems(doc)); got < 7 {
		t.Errorf("saw %d problems in a page with many: %v", got, problems(doc))
	}
}

// problems lists what must not stand in a page.
func problems(doc *html.Node) []string {
	var found []string
	ids, labelled := map[string]int{}, map[string]bool{}
	heads := 0
	for n := range doc.Descendants() {
		if n.Data == "label" {
			labelled[attribute(n, "for")] = true
		}
	}
	for n := range doc.Descendants() {
		if n.Type == html.TextNode {
			found = append(found, textProblems(n)...)
			continue
		}
		if id := attribute(n, "id"); id != "" {
			if ids[id]++; ids[id] == 2 {
				found = append(found, "the id "+id+" stands twice")
			}
		}
		if n.Data == "h1" {
			heads++
		}
		found = append(found, elementProblems(n, labelled)...)
	}
	if heads != 1 {
		found = append(found, "there is not one h1")
	}
	return found
}

func textProblems(n *html.Node) []string {
	switch n.Parent.Data {
	case "script", "style":
		return []string{"inline " + n.Parent.Data}
	}
	if strings.Contains(n.Data, "%!") || strings.Contains(n.Data, "{1") {
		return []string{"a text without its argument: " + n.Data}
	}
	return nil
}

func elementProblems(n *html.Node, labelled map[string]bool) []string {
	var found []string
	for _, a := range n.Attr {
		if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
			found = append(found, "inline "+a.Key+" on "+n.Data)
		}
		if a.Key == "src" || a.Key == "href" || a.Key == "action" {
			if u, err := url.Parse(a.Val); err != nil || u.Host != "" {
				found = append(found, "leads away: "+a.Val)
			}
		}
	}
	if (n.Data == "input" || n.Data == "select" || n.Data == "textarea") && !named(n, labelled) {
		found = append(found, "no label for the field "+attribute(n, "name"))
	}
	if n.Data == "form" && attribute(n, "method") == "" {
		found = append(found, "a form without a method")
	}
	return found
}

func named(n *html.Node, labelled map[string]bool) bool {
	if attribute(n, "type") == "hidden" || labelled[attribute(n, "id")] || attribute(n, "aria-label") != "" {
		return true
	}
	for p := n.Parent; p != nil; p = p.Parent {
		if p.Data == "label" {
			return true
		}
	}
	return false
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
