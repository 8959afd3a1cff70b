package main

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"thaw/app/fault"
	"thaw/app/people"
)

// userAdd is `thaw user add NAME`.
type userAdd struct {
	Name      string `arg:"" help:"The name to sign in with."`
	Role      string `help:"What the person may do." enum:"pupil,teacher,admin" default:"pupil" env:"THAW_ROLE"`
	PublicURL string `help:"The address that people type, for the link; the one of the set-up where it is not set." env:"THAW_PUBLIC_URL" placeholder:"URL"`
}

// Run adds the person and prints a one-time link, with which they choose a password.
func (u userAdd) Run(ctx context.Context, w Where, o out) error {
	p, err := open(ctx, w, time.Now, o.log)
	if err != nil {
		return err
	}
	defer p.db.Close() //nolint:errcheck // what was written is committed
	who, err := p.Desk.Add(ctx, u.Name, people.Role(u.Role))
	if err != nil {
		return readable(err)
	}
	return printLink(ctx, p, who, u.PublicURL, o)
}

// userLink is `thaw user link NAME`.
type userLink struct {
	Name      string `arg:"" help:"Whom the link lets in."`
	PublicURL string `help:"The address that people type, for the link; the one of the set-up where it is not set." env:"THAW_PUBLIC_URL" placeholder:"URL"`
}

// Run prints a one-time sign-in link.
func (u userLink) Run(ctx context.Context, w Where, o out) error {
	p, err := open(ctx, w, time.Now, o.log)
	if err != nil {
		return err
	}
	defer p.db.Close() //nolint:errcheck // what was written is committed
	account, err := p.people.AccountNamed(ctx, people.Fold(u.Name))
	if fault.Is(err, fault.Missing) {
		return fmt.Errorf("nobody here is called %q; thaw user add makes an account", u.Name)
	}
	if err != nil {
		return readable(err)
	}
	return printLink(ctx, p, account.Person, u.PublicURL, o)
}

func printLink(ctx context.Context, p *parts, who people.Person, url string, o out) error {
	school, err := p.people.School(ctx)
	if err != nil {
		return err
	}
	token, err := p.Desk.SignInLink(ctx, who)
	if err != nil {
		return err
	}
	url = strings.TrimSuffix(cmp.Or(url, school.URL, "http://127.0.0.1:8080"), "/")
	_, err = fmt.Fprintf(o, "Sign-in link for %s, good once and for 7 days:\n%s/link/%s\n", who.Name, url, token)
	return err
}
