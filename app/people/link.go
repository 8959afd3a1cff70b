package people

import (
	"context"
	"encoding/base64"
	"net"
	"net/url"
	"slices"
	"strings"
	"time"

	"thaw/app/fault"
)

// What a one-time link is for. stored: never rename
const (
	setupLink  = "setup"
	signInLink = "signin"
)

// linkLife is how long a sign-in link is good.
const linkLife = 7 * day

func (d *Desk) link(ctx context.Context, l Link) (string, error) {
	raw, err := random(24)
	if err != nil {
		return "", err
	}
	value := base64.RawURLEncoding.EncodeToString(raw)
	l.Hash = hashOf(value)
	return value, d.Store.LinkAdd(ctx, l)
}

// offer makes a link whose value follows from the installation's key and a
// nonce, as recovery words do: its maker can see it again while it is open, and
// the same nonce is the same link.
func (d *Desk) offer(ctx context.Context, l Link, nonce string) (Link, error) {
	l.Nonce = nonce
	value, err := d.value(ctx, l)
	l.Hash = hashOf(value)
	return l, err
}

// value is what a link made by offer holds.
func (d *Desk) value(ctx context.Context, l Link) (string, error) {
	key, err := d.secret(ctx)
	sum := keyed(key, "link", []byte(l.What), []byte(l.Maker.String()), []byte(l.Nonce))
	return base64.RawURLEncoding.EncodeToString(sum[:24]), err
}

// SetupLink makes the link with which an installation is set up; "" when it has
// been. The link before it is no longer good.
func (d *Desk) SetupLink(ctx context.Context) (string, error) {
	school, err := d.Store.School(ctx)
	if err != nil || school.Ready {
		return "", err
	}
	return d.link(ctx, Link{What: setupLink})
}

// SignInLink makes a link that lets a person in once.
func (d *Desk) SignInLink(ctx context.Context, who Person) (string, error) {
	value, err := d.link(ctx, Link{What: signInLink, Learner: who.ID, Ends: d.Now().Add(linkLife)})
	if err != nil {
		return "", err
	}
	return value, d.Store.Audit(ctx, Act{At: d.Now(), What: actLink, About: who.ID})
}

// good returns the link of a value if it is for one of the purposes and not used
// up; else it says the text of the key.
func (d *Desk) good(ctx context.Context, value, address, key string, whats ...string) (Link, error) {
	door := linkDoor(address)
	if err := d.open(ctx, door); err != nil {
		return Link{}, err
	}
	l, err := d.Store.Link(ctx, hashOf(value))
	if err != nil && !fault.Is(err, fault.Missing) {
		return Link{}, err
	}
	over := !l.Ends.IsZero() && d.Now().After(l.Ends)
	if err != nil || !slices.Contains(whats, l.What) || !l.Used.IsZero() || over {
		if err := d.Store.Fail(ctx, door.keys(), d.Now()); err != nil {
			return Link{}, err
		}
		return Link{}, fault.New(fault.Missing, key)
	}
	return l, nil
}

// LinkFor tells whom a sign-in link, or a teacher's, lets in; it does not use it
// up. A teacher's lets in nobody who has come to teach since.
func (d *Desk) LinkFor(ctx context.Context, value, address string) (Person, error) {
	l, err := d.good(ctx, value, address, "fault.link_used", signInLink, resetLink)
	if err != nil {
		return Person{}, err
	}
	account, err := d.Store.AccountOf(ctx, l.Learner)
	if err == nil && (account.Off || (l.What == resetLink && account.Teaches())) {
		return Person{}, fault.New(fault.Missing, "fault.link_used")
	}
	return account.Person, err
}

// UseLink lets a person in by a sign-in link, once.
func (d *Desk) UseLink(ctx context.Context, value string, v Visitor) (Opened, error) {
	who, err := d.LinkFor(ctx, value, v.Address)
	if err != nil {
		return Opened{}, err
	}
	return d.enter(ctx, who, false, hashOf(value), v)
}

// CheckSetup tells whether a set-up link is good.
func (d *Desk) CheckSetup(ctx context.Context, value, address string) error {
	_, err := d.good(ctx, value, address, "fault.link_used", setupLink)
	return err
}

// SetUp names the school and makes its first administrator; the link is used
// up. The errors are fault.Invalid, field by field.
func (d *Desk) SetUp(ctx context.Context, value string, school School, a Application, v Visitor) (Opened, error) {
	if err := d.CheckSetup(ctx, value, v.Address); err != nil {
		return Opened{}, err
	}
	school.Name = strings.Join(strings.Fields(school.Name), " ")
	wrong := checkSchool(school)
	school.URL = strings.TrimSuffix(strings.TrimSpace(school.URL), "/")
	a.Lang, a.Zone = school.Lang, school.Zone
	account, folded, err := d.account(ctx, a)
	if fields := fieldsOf(err); err != nil && len(fields) == 0 {
		return Opened{}, err
	} else if err := fault.Bad(append(wrong, fields...)); err != nil {
		return Opened{}, err
	}
	account.Role = Admin
	key, err := d.secret(ctx)
	if err != nil {
		return Opened{}, err
	}
	opened, err := d.session(account.Person, false)
	if err != nil {
		return Opened{}, err
	}
	return opened, d.Store.SetUp(ctx, school, account, folded,
		wordsHash(key, words(key, account.ID, account.WordsN, accountWords)),
		Way{Session: opened.Session, Old: v.Session, Link: hashOf(value)})
}

func fieldsOf(err error) []fault.Field {
	if f, ok := err.(*fault.Fault); ok { //nolint:errorlint // account wraps nothing around its fields
		return f.Fields
	}
	return nil
}

func checkSchool(s School) []fault.Field {
	var wrong []fault.Field
	if n := len([]rune(s.Name)); n == 0 || n > 80 {
		wrong = append(wrong, fault.Field{Name: "school", Key: "people.school_name"})
	}
	if _, err := time.LoadLocation(s.Zone); err != nil || s.Zone == "" || s.Zone == "Local" {
		wrong = append(wrong, fault.Field{Name: "zone", Key: "people.zone"})
	}
	u, err := url.Parse(strings.TrimSpace(s.URL))
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") || len(s.URL) > 200 {
		wrong = append(wrong, fault.Field{Name: "url", Key: "people.url"})
	}
	return wrong
}

// Reachable says, as a key of the text catalogue, why phones cannot reach an
// address; "" when nothing speaks against it.
func Reachable(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "setup.unreachable_address"
	}
	host := u.Hostname()
	if ip := net.ParseIP(host); host == "localhost" || (ip != nil && (ip.IsLoopback() || ip.IsUnspecified())) {
		return "setup.unreachable_loopback"
	}
	return ""
}
