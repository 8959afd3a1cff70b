package main

import (
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
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

var putBackLink = regexp.MustCompile(`/people/backups/thaw-[^"/]*\.(?:db|dump)"`)

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

// storm is visitors who each answer one question, again and again.
type storm struct {
	mu     sync.Mutex
	told   map[int]int // by status
	stored int         // answers acknowledged
}

func (s *storm) answer(t *testing.T, url string, stop chan struct{}) {
	client := &http.Client{Timeout: 20 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for {
		select {
		case <-stop:
			return
		default:
		}
		if shown, ok := s.ask(t, client, http.MethodGet, url+"/", nil); ok {
			if f, err := shown.form("answer"); err == nil {
				f.values.Set("answer", "1")
				s.ask(t, client, http.MethodPost, url+f.action, f.values)
			}
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// ask asks once; ok is false where the visitor is told to come again.
func (s *storm) ask(t *testing.T, client *http.Client, method, address string, values url.Values) (page, bool) {
	req, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(values.Encode()))
	if err != nil {
		t.Error(err)
		return page{}, false
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	res, err := client.Do(req)
	if err != nil {
		if method == http.MethodGet { // a post on a connection that ends meanwhile is not repeated by itself
			t.Errorf("a visitor meets %v", err)
		}
		return page{}, false
	}
	defer res.Body.Close()
	raw, _ := io.ReadAll(res.Body)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.told[res.StatusCode]++
	if res.StatusCode == http.StatusSeeOther {
		s.stored++
	}
	if res.StatusCode == http.StatusServiceUnavailable && res.Header.Get("Retry-After") == "" {
		t.Error("who is told to come again is not told when")
	}
	return page{status: res.StatusCode, body: string(raw)}, res.StatusCode == http.StatusOK
}

var answersSaid = regexp.MustCompile(`(\d+) answers`)

// answersIn reads how many answers a backup holds, of a line that names it.
func answersIn(t *testing.T, said, name string) int {
	t.Helper()
	for line := range strings.Lines(said) {
		if found := answersSaid.FindStringSubmatch(line); found != nil && strings.Contains(line, name) {
			n, err := strconv.Atoi(found[1])
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
	}
	t.Fatalf("no answers are told of %q in %s", name, said)
	return 0
}

// A backup is put back on the page while somebody answers: what is acknowledged before is in
// the backup made first, and who asks meanwhile is told to come again.
func TestABackupIsPutBackWhileOthersAnswer(t *testing.T) {
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

	var crowd sync.WaitGroup
	stop, stormy := make(chan struct{}), &storm{told: map[int]int{}}
	for range 4 {
		crowd.Go(func() { stormy.answer(t, p.url, stop) })
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
	crowd.Wait()
	head.get("/people/backups")
	head.want(200, "was put back on", "before another was put back")
	restored := regexp.MustCompile(`/people/backups/(thaw-[^"/]*-restore\.(?:db|dump))"`).FindStringSubmatch(head.page.body)
	if restored == nil {
		t.Fatal("how it was before is not listed")
	}
	list, _, _ := once(t, "backup", "list", "--data", data)
	out, said, code := once(t, "backup", "--data", data)
	if code != 0 {
		t.Fatal(said)
	}
	before, since := answersIn(t, list, restored[1]), answersIn(t, out, "")
	t.Logf("%d answers before, %d since; acknowledged %d; visitors were told %v", before, since, stormy.stored, stormy.told)
	if before == 0 || before-1+since < stormy.stored {
		t.Errorf("%d answers before and %d since, but %d and the guest's were acknowledged", before, since, stormy.stored)
	}
	for status := range stormy.told {
		if status != http.StatusOK && status != http.StatusSeeOther && status != http.StatusServiceUnavailable {
			t.Errorf("visitors were told %v", stormy.told)
		}
	}
	guest.get("/today")
	if guest.page.path != "/sign-in?next=%2Ftoday" {
		t.Errorf("a guest whom the backup does not know is at %s", guest.page.path)
	}

	head.get("/people/backups/" + restored[1] + "/file")
	if raw, err := os.ReadFile(filepath.Join(data, "backups", restored[1])); err != nil || string(raw) != head.page.body {
		t.Errorf("the download has %d bytes and is not the backup, %v", len(head.page.body), err)
	}
	p.stop(t)
	out, said, code = once(t, "restore", restored[1], "--data", data)
	if code != 0 || answersIn(t, out, "") != before {
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

// A file can grow no further, as on a disk that is full.
func TestAFullDiskKeepsNoHalfBackup(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	if _, said, code := once(t, "migrate", "--data", data); code != 0 {
		t.Fatal(said)
	}
	cmd := exec.CommandContext(t.Context(), "sh", "-c", `ulimit -f 400 && exec "$0" "$@"`, os.Args[0], "backup", "--data", data) // #nosec G204 -- the test binary itself
	cmd.Env = append(os.Environ(), "THAW_MAIN=1")
	if said, err := cmd.CombinedOutput(); err == nil || !strings.Contains(string(said), "making a backup in") {
		t.Errorf("a backup that does not fit: %v, %s", err, said)
	}
	if left, err := os.ReadDir(filepath.Join(data, "backups")); err != nil || len(left) > 0 {
		t.Errorf("it left %v, %v", left, err)
	}
	if out, said, code := once(t, "doctor", "--data", data); code != 0 {
		t.Errorf("the database afterwards: %s%s", out, said)
	}
}
