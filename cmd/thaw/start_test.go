package main

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"thaw/app/people"
	"thaw/db"
)

// once runs a command to its end and returns what it said.
func once(t *testing.T, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	cmd := command(ctx, args...)
	var out, log strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &log
	_ = cmd.Run()
	return out.String(), log.String(), cmd.ProcessState.ExitCode()
}

func TestASecondStartChangesNothing(t *testing.T) {
	data := t.TempDir()
	count := func() [4]int64 {
		d, err := db.Open(t.Context(), db.Config{Dir: data, Name: "thaw.db"})
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		var n [4]int64
		for i, query := range []string{`SELECT COUNT(*) FROM version`, `SELECT COUNT(*) FROM answer`,
			`SELECT SUM(revision) FROM bank`, `SELECT COUNT(*) FROM lexicon`} {
			if n[i], err = d.Number(t.Context(), query); err != nil {
				t.Fatal(err)
			}
		}
		return n
	}
	out, log, code := once(t, "migrate", "--data", data)
	if code != 0 || out != "The database is up to date.\n" || !strings.Contains(log, "migrated the database") {
		t.Fatalf("first start ends with %d, says %q and logs\n%s", code, out, log)
	}
	if out, log, code := once(t, "--data", data, "migrate"); code != 0 || out != "The database is up to date.\n" || log != "" {
		t.Errorf("the second ends with %d, says %q and logs %q", code, out, log)
	}
	first := count()
	if first[0] < 38 {
		t.Errorf("%d versions after the first start, want the built-in bank's", first[0])
	}
	p := start(t, data)
	p.stop(t)
	if second := count(); second != first {
		t.Errorf("versions, answers, revision and lexicons went from %v to %v", first, second)
	}
}

func TestFlagsCanBeSetByTheirVariables(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("THAW_DATA", dir)
	t.Setenv("THAW_DB", "other.db")
	if _, log, code := once(t, "user", "add", "Ada"); code != 0 {
		t.Fatalf("ends with %d: %s", code, log)
	}
	if _, err := os.Stat(filepath.Join(dir, "other.db")); err != nil {
		t.Error(err)
	}
	over := t.TempDir() // the command line has the last word
	if _, log, code := once(t, "migrate", "--data", over, "--db", "this.db"); code != 0 {
		t.Fatalf("ends with %d: %s", code, log)
	}
	if _, err := os.Stat(filepath.Join(over, "this.db")); err != nil {
		t.Error(err)
	}
}

func TestStartsThatCannotBe(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	foreign := filepath.Join(dir, "foreign.db")
	for name, text := range map[string]string{file: "x", foreign: strings.Repeat("This is not a database. ", 100)} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	start(t, filepath.Join(dir, "running"))
	newer := filepath.Join(dir, "newer")
	if _, log, code := once(t, "migrate", "--data", newer); code != 0 {
		t.Fatalf("migrate ends with %d: %s", code, log)
	}
	inFile(t, filepath.Join(newer, "thaw.db"), "INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)")
	for name, c := range map[string]struct {
		args []string
		says string
	}{
		"a taken port":         {[]string{"--addr", taken.Addr().String(), "--data", filepath.Join(dir, "a")}, "--addr"},
		"a folder in a file":   {[]string{"--addr", "127.0.0.1:0", "--data", filepath.Join(file, "data")}, "folder"},
		"a file of others":     {[]string{"--addr", "127.0.0.1:0", "--data", dir, "--db", "foreign.db"}, "foreign.db"},
		"a newer schema":       {[]string{"--addr", "127.0.0.1:0", "--data", newer}, "upgrade Thaw"},
		"a newer schema, user": {[]string{"user", "add", "Ada", "--data", newer}, "upgrade Thaw"},
		"a migration beside":   {[]string{"migrate", "--data", filepath.Join(dir, "running")}, "stop it first"},
		"a taken metrics port": {[]string{"--addr", "127.0.0.1:0", "--metrics-addr", taken.Addr().String(), "--data", filepath.Join(dir, "d")}, "--metrics-addr"},
		"a second server":      {[]string{"--addr", "127.0.0.1:0", "--data", filepath.Join(dir, "running")}, "thaw.db"},
		"half a certificate":   {[]string{"--tls-cert", file, "--data", filepath.Join(dir, "b")}, "--tls-key"},
		"no certificate":       {[]string{"--tls-cert", file, "--tls-key", file, "--data", filepath.Join(dir, "b")}, "--tls-cert"},
		"a proxy of no number": {[]string{"--addr", "127.0.0.1:0", "--trusted-proxies", "nowhere", "--data", filepath.Join(dir, "c")}, "--trusted-proxies"},
		"no web address":       {[]string{"--public-url", "thaw.example", "--data", filepath.Join(dir, "e")}, "--public-url"},
		"an unknown flag":      {[]string{"--nonsense"}, "thaw help"},
	} {
		t.Run(name, func(t *testing.T) {
			_, log, code := once(t, c.args...)
			if code == 0 || !strings.Contains(log, c.says) {
				t.Errorf("ends with %d and says %q, want an error that names %q", code, log, c.says)
			}
		})
	}
	if raw, err := os.ReadFile(foreign); err != nil || !strings.HasPrefix(string(raw), "This is not") {
		t.Errorf("the foreign file was touched: %v", err)
	}
}

func TestHelpShowsEveryFlagWithItsVariable(t *testing.T) {
	out, _, code := once(t, "help")
	if code != 0 {
		t.Fatalf("ends with %d", code)
	}
	for _, want := range []string{"--data", "THAW_DATA", "--db", "THAW_DB", "--addr", "THAW_ADDR", "--public-url", "THAW_PUBLIC_URL",
		"--tls-cert", "--tls-key", "--trusted-proxies", "--metrics-addr", "THAW_METRICS_ADDR", "--demo", "thaw serve", "thaw migrate", "thaw user add", "thaw user link", "thaw version", "127.0.0.1:8080"} {
		if !strings.Contains(out, want) {
			t.Errorf("help does not show %q", want)
		}
	}
	for _, args := range [][]string{{"--data", t.TempDir(), "help"}, {"help", "serve"}} {
		if again, _, code := once(t, args...); code != 0 || again != out {
			t.Errorf("%v ends with %d and says %q", args, code, again)
		}
	}
	if out, _, code := once(t, "version"); code != 0 || !strings.HasPrefix(out, "thaw ") {
		t.Errorf("version says %q and ends with %d", out, code)
	}
}

func TestTheServerSweepsByItself(t *testing.T) {
	data := t.TempDir()
	d, err := db.Open(t.Context(), db.Config{Dir: data})
	if err != nil {
		t.Fatal(err)
	}
	long := people.Person{ID: 7, Role: people.Guest, Lang: "en", Zone: "UTC", Created: time.Now().AddDate(0, -4, 0)}
	err = db.People{DB: d}.AccountAdd(t.Context(), people.Account{Person: long}, "", nil)
	if err := errors.Join(err, d.Close()); err != nil {
		t.Fatal(err)
	}
	p := start(t, data)
	d, err = db.Open(t.Context(), db.Config{Dir: data, ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(100 * time.Millisecond) {
		n, err := d.Number(t.Context(), "SELECT COUNT(*) FROM learner WHERE id = 7")
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("a guest of four months ago is still there; log:\n%s", p.log)
		}
	}
}

var linkPath = regexp.MustCompile(`/link/\S+`)

func TestSomebodyIsAddedAndLetBackIn(t *testing.T) {
	data := t.TempDir()
	out, log, code := once(t, "user", "add", "Grace Hopper", "--role", "teacher", "--data", data)
	if code != 0 {
		t.Fatalf("user add ends with %d: %s", code, log)
	}
	p := start(t, data)
	b := p.browser(t)
	b.get(linkPath.FindString(out))
	b.want(200, "Grace Hopper")
	b.submit("")
	b.want(200)
	b.get("/password")
	b.submit("password", "password", "nine amber trams")
	b.want(200, "Your four recovery words")

	again := p.browser(t)
	again.get(linkPath.FindString(out))
	again.want(404)

	out, log, code = once(t, "--data", data, "user", "link", "grace hopper") // beside the server
	if code != 0 {
		t.Fatalf("user link ends with %d: %s", code, log)
	}
	again.get(linkPath.FindString(out))
	again.submit("")
	again.want(200)
	if _, log, code := once(t, "user", "link", "Nobody", "--data", data); code == 0 || !strings.Contains(log, `nobody here is called "Nobody"`) {
		t.Errorf("a link for nobody ends with %d and says %q", code, log)
	}
	if _, log, code := once(t, "user", "add", "Grace  HOPPER", "--data", data); code == 0 || !strings.Contains(log, "already") {
		t.Errorf("a taken name ends with %d and says %q", code, log)
	}
}

func TestSetUp(t *testing.T) {
	data := t.TempDir()
	p := start(t, data)
	if p.setup == "" {
		t.Fatal("no set-up link is printed")
	}
	b := p.browser(t)
	b.get(p.setup)
	b.want(200, "Address that pupils will type", "Phones cannot reach this Thaw yet", "--addr :8080")
	b.submit("school", "school", "", "lang", "en", "zone", "Mars/Olympus", "url", "nowhere", "name", "", "password", "short")
	b.want(422, "name of at most", "time zone from the list", "whole address", "write a name", "at least 8")
	b.submit("school", "school", "Riverside", "lang", "en", "zone", "Europe/Berlin", "url", "http://192.168.1.20:8080", "name", "Head", "password", "nine amber trams")
	b.want(200, "192.168.1.20", "Phones cannot reach this Thaw yet") // it still listens here only
	b.get("/words")
	words := regexp.MustCompile(`data-words="([^"]+)"`).FindStringSubmatch(b.page.body)
	if words == nil || len(strings.Fields(words[1])) != 4 {
		t.Fatalf("recovery words %v, want four", words)
	}
	b.press("/words/noted")
	b.get("/words")
	if strings.Contains(b.page.body, words[1]) {
		t.Error("the words are shown after they were noted")
	}
	other := p.browser(t)
	other.get(p.setup)
	other.want(404)
	other.get("/recover")
	other.submit("words", "words", strings.ToUpper(strings.ReplaceAll(words[1], " ", ", ")))
	other.want(200, "Choose a password")
	p.stop(t)
	if again := start(t, data); again.setup != "" {
		t.Error("a set-up link is printed although Thaw is set up")
	}
}

// Somebody whose phone has stalled in the middle of a form keeps no server from
// ending.
func TestTheEndDoesNotWaitForTheStalled(t *testing.T) {
	t.Parallel() // it takes as long as the end may
	p := start(t, t.TempDir())
	conn, err := net.Dial("tcp", strings.TrimPrefix(p.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := conn.Write([]byte("POST /sign-in HTTP/1.1\r\n" + formHead + "Content-Length: 100\r\n\r\nname=")); err != nil {
		t.Fatal(err)
	}
	p.browser(t).get("/healthz") // it has been met
	p.stop(t)
}

func TestAcknowledgedAnswersSurviveAKill(t *testing.T) {
	data := t.TempDir()
	p := start(t, data)
	b := p.browser(t)
	b.get("/")
	b.submit("answer", "answer", "1")
	b.want(200)
	shown := b.page.text()
	p.kill(t)
	p = start(t, data)
	again := &browser{t: t, client: b.client, base: p.url}
	again.get("/sittings/1/questions/1")
	again.want(200)
	if again.page.text() != shown {
		t.Errorf("after the kill the page says\n%s\nwant\n%s", again.page.text(), shown)
	}
}
