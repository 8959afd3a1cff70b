package main

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// signedIn is the administrator again, in a new browser.
func signedIn(t *testing.T, p *program) *browser {
	t.Helper()
	b := p.browser(t)
	b.get("/sign-in")
	b.submit("name", "name", "Head", "password", "nine amber trams")
	return b
}

var putBackLink = regexp.MustCompile(`/people/backups/thaw-[^"/]*\.db"`)

// soon asks for a page until it is there.
func (b *browser) soon(path string) (away []page) {
	b.t.Helper()
	for end := time.Now().Add(20 * time.Second); ; {
		if b.get(path); b.page.status == http.StatusOK {
			return away
		}
		away = append(away, b.page)
		if time.Now().After(end) {
			b.t.Fatalf("%s never came back: %d", path, b.page.status)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// A backup is put back on the page while somebody answers: what is acknowledged before is in
// the backup made first, and who asks meanwhile is told to come again.
func TestABackupIsPutBackWhileOthersAnswer(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	p := start(t, data)
	head := p.office(t)
	head.get("/people/backups")
	head.press("/people/backups")
	head.want(200, "There is a backup of everything as it is now", "1 person")
	link := strings.TrimSuffix(putBackLink.FindString(head.page.body), `"`)
	if link == "" {
		t.Fatalf("no backup is listed:\n%s", head.page.text())
	}
	guest := p.browser(t)
	guest.get("/")
	guest.submit("answer", "answer", "1")

	var wg sync.WaitGroup
	stop := make(chan struct{})
	var mu sync.Mutex
	told := map[int]int{}
	for range 4 {
		wg.Go(func() {
			client := &http.Client{Timeout: 20 * time.Second}
			for {
				select {
				case <-stop:
					return
				default:
				}
				res, err := client.Get(p.url + "/sign-in")
				if err != nil {
					t.Errorf("a visitor meets %v", err)
					return
				}
				res.Body.Close()
				mu.Lock()
				told[res.StatusCode]++
				mu.Unlock()
				if res.StatusCode == http.StatusServiceUnavailable && res.Header.Get("Retry-After") == "" {
					t.Error("who is told to come again is not told when")
				}
				time.Sleep(time.Millisecond)
			}
		})
	}
	head.get(link)
	head.want(200, "Put the backup of", "A backup of how it is now is made first")
	head.submit("password", "password", "melted in the sun")
	head.want(422, "That is not your password. Nothing was put back.")
	f, err := head.page.form("password")
	if err != nil {
		t.Fatal(err)
	}
	head.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	if head.post(f.action, url.Values{"password": {"nine amber trams"}}); head.page.status != http.StatusSeeOther {
		t.Fatalf("putting back answers %d: %s", head.page.status, head.page.text())
	}
	head.client.CheckRedirect = nil
	for _, away := range head.soon("/people/backups") {
		if away.status != http.StatusServiceUnavailable || away.header.Get("Retry-After") == "" || !strings.Contains(away.body, "being put back") {
			t.Errorf("meanwhile the page answers %d, %s", away.status, away.text())
		}
	}
	close(stop)
	wg.Wait()
	for status := range told {
		if status != http.StatusOK && status != http.StatusServiceUnavailable {
			t.Errorf("visitors were told %v", told)
		}
	}
	head.want(200, "was put back on", "before another was put back", "2 people, 1 answer")
	guest.get("/today")
	if guest.page.path != "/sign-in?next=%2Ftoday" {
		t.Errorf("a guest whom the backup does not know is at %s", guest.page.path)
	}

	restored := regexp.MustCompile(`/people/backups/(thaw-[^"/]*-restore\.db)"`).FindStringSubmatch(head.page.body)
	if restored == nil {
		t.Fatal("how it was before is not listed")
	}
	head.get("/people/backups/" + restored[1] + "/file")
	if raw, err := os.ReadFile(filepath.Join(data, "backups", restored[1])); err != nil || string(raw) != head.page.body {
		t.Errorf("the download has %d bytes and is not the backup, %v", len(head.page.body), err)
	}
	p.stop(t)
	out, said, code := once(t, "restore", restored[1], "--data", data)
	if code != 0 || !strings.Contains(out, "2 people, 1 answers") {
		t.Errorf("thaw restore: %d, %s%s", code, out, said)
	}
	p = start(t, data)
	signedIn(t, p).soon("/people/backups")
	guest.base = p.url
	guest.get("/today")
	guest.want(200)
}

func TestADamagedDatabaseIsPutBackByTheNameThatTheStartTells(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	if _, said, code := once(t, "migrate", "--data", data); code != 0 {
		t.Fatal(said)
	}
	if out, said, code := once(t, "backup", "--data", data); code != 0 || !strings.Contains(out, "checked") {
		t.Fatal(out, said)
	}
	if err := os.Truncate(filepath.Join(data, "thaw.db"), 9000); err != nil {
		t.Fatal(err)
	}
	_, said, code := once(t, "serve", "--addr", "127.0.0.1:0", "--data", data)
	told := regexp.MustCompile(`thaw restore (\S+)`).FindStringSubmatch(said)
	if code == 0 || told == nil {
		t.Fatalf("a damaged file: %d, %s; want the name of a backup", code, said)
	}
	if out, said, code := once(t, "restore", told[1], "--data", data); code != 0 || !strings.Contains(out, "The damaged file is kept as") {
		t.Errorf("thaw restore: %d, %s%s", code, out, said)
	}
	if out, _, _ := once(t, "backup", "list", "--data", data); !strings.Contains(out, told[1]) {
		t.Errorf("thaw backup list says %s", out)
	}
	start(t, data)
}
