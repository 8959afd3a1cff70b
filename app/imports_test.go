package app_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// layers orders the packages inside app: each may import those before it.
var layers = []string{"people", "bank", "study", "quiz", "repair", "report", "web"}

// only says which of our folders may import a library, by its import path's
// beginning.
var only = map[string][]string{
	"github.com/gofiber/fiber":      {"app/web", "cmd"},
	"gorm.io/":                      {"db"},
	"database/sql":                  {"db", "questions/format/apkg", "cmd"},
	"github.com/mattn/go-sqlite3":   {"db", "questions/format/apkg", "cmd"},
	"github.com/jackc/pgx":          {"db"},
	"github.com/pressly/goose":      {"db"},
	"github.com/a-h/templ":          {"views", "questions/kind", "app/web"},
	"github.com/arran4/golang-ical": {"app/web"},
	"github.com/alecthomas/kong":    {"cmd"},
	"github.com/valyala/fasthttp":   {"app/web", "cmd"},
	"github.com/prometheus/client":  {"app/web", "cmd"},
}

func TestImportsKeepTheHouse(t *testing.T) {
	count := 0
	for file, imports := range sources(t, "..") {
		folder := path.Dir(file)
		for _, imported := range imports {
			count++
			if why := forbidden(folder, imported, strings.HasSuffix(file, "_test.go")); why != "" {
				t.Errorf("%s imports %s: %s", file, imported, why)
			}
		}
	}
	if count < 50 {
		t.Errorf("saw %d imports, want the whole tree's", count)
	}
}

func TestForbiddenRefuses(t *testing.T) {
	for _, c := range []struct{ folder, imported string }{
		{"questions/grade", "thaw/app/study"},
		{"views", "thaw/questions"},
		{"app/study", "thaw/app/quiz"},
		{"app/fsrs", "thaw/questions"},
		{"app/fault", "thaw/views/text"},
		{"app/quiz", "thaw/db"},
		{"app/quiz", "gorm.io/gorm"},
		{"app/people", "thaw/app/bank"},
		{"db", "thaw/app/web"},
		{"db", "thaw/app"},
		{"db", "github.com/gofiber/fiber/v2"},
		{"app/people", "thaw/views"},
	} {
		if forbidden(c.folder, c.imported, false) == "" {
			t.Errorf("%s may import %s, want it refused", c.folder, c.imported)
		}
	}
}

// forbidden returns why a folder may not import a package, or "".
func forbidden(folder, imported string, test bool) string {
	for library, homes := range only {
		if strings.HasPrefix(imported, library) && !within(folder, homes) {
			return "only " + strings.Join(homes, ", ") + " may"
		}
	}
	ours, ok := strings.CutPrefix(imported, "thaw/")
	if !ok || ours == folder || test {
		return ""
	}
	switch top(folder) {
	case "cmd":
		return ""
	case "questions", "views":
		if top(ours) != top(folder) {
			return "it imports nothing of ours outside itself"
		}
	case "db":
		if top(ours) == "db" || top(ours) == "questions" {
			return ""
		}
		if !within(ours, []string{"app/fault", "app/people", "app/bank", "app/study", "app/quiz", "app/repair", "app/report", "app/jobs", "app/fsrs"}) {
			return "db imports questions and the types of app"
		}
	case "app":
		return forbiddenInApp(folder, ours)
	}
	return ""
}

func forbiddenInApp(folder, ours string) string {
	from, to := inside(folder), inside(ours)
	switch {
	case folder == "app":
		return ""
	case from == "fault" || from == "jobs" || folder == "app/fsrs":
		return "it imports nothing of ours"
	case from == "fsrs":
		if ours != "app/fsrs" {
			return "it imports fsrs alone"
		}
	case top(ours) == "questions" || to == "fault" || to == "jobs" || to == "fsrs":
		return ""
	case top(ours) == "views":
		if from != "web" {
			return "pages belong to web"
		}
	case top(ours) == "app":
		if index(to) < 0 || index(from) < 0 || index(to) > index(from) {
			return "inside app: " + strings.Join(layers, " < ")
		}
	default:
		return "app imports views and questions"
	}
	return ""
}

func inside(folder string) string {
	rest := strings.TrimPrefix(strings.TrimPrefix(folder, "app"), "/")
	return top(rest)
}

func top(folder string) string {
	first, _, _ := strings.Cut(folder, "/")
	return first
}

func index(layer string) int {
	for i, l := range layers {
		if l == layer {
			return i
		}
	}
	return -1
}

func within(folder string, homes []string) bool {
	for _, h := range homes {
		if folder == h || strings.HasPrefix(folder, h+"/") {
			return true
		}
	}
	return false
}

// sources parses the imports of every Go file below root, by slash path.
func sources(t *testing.T, root string) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") {
			return err
		}
		src, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, src, parser.ImportsOnly)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		for _, i := range file.Imports {
			imported, unquoteErr := strconv.Unquote(i.Path.Value)
			if unquoteErr != nil {
				return unquoteErr
			}
			found[filepath.ToSlash(rel)] = append(found[filepath.ToSlash(rel)], imported)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
