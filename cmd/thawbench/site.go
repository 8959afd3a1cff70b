package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"syscall"

	"thaw/db"
)

// site is a server in a process of its own, the browsers before it, and the
// answers that wait to be given.
type site struct {
	crowd
	file    string
	flags   []string // of serve
	clients int

	next     atomic.Int64 // answer
	child    *exec.Cmd
	browsers []*browser
}

// open starts the server and connects the browsers.
func (s *site) open(ctx context.Context) error {
	address, err := s.start(ctx)
	if err != nil {
		return fmt.Errorf("start the server: %w", err)
	}
	s.browsers = s.browsers[:0]
	for range s.clients {
		b, err := dial(ctx, address)
		if err != nil {
			return errors.Join(err, s.end(syscall.SIGTERM))
		}
		s.browsers = append(s.browsers, b)
	}
	return nil
}

// start runs this program again as the server and returns its address. The
// server logs to a file, as it would anywhere.
func (s *site) start(ctx context.Context) (address string, err error) {
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	s.child = exec.CommandContext(ctx, self, append([]string{"serve", s.file}, s.flags...)...) // #nosec G204 -- this very program
	log, err := os.OpenFile(s.file+".log", os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return "", err
	}
	defer log.Close() //nolint:errcheck // the child has its own
	s.child.Stderr = log
	stdout, err := s.child.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := s.child.Start(); err != nil {
		return "", err
	}
	address, err = bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		return "", fmt.Errorf("it ended at once (%w); its log is %s", s.child.Wait(), log.Name())
	}
	return strings.TrimSpace(address), nil
}

// end sends the signal, waits for the end and closes the connections. SIGTERM
// must end a server in order.
func (s *site) end(signal os.Signal) error {
	err := s.child.Process.Signal(signal)
	waited := s.child.Wait()
	for _, b := range s.browsers {
		_ = b.Close() // the other side is gone
	}
	if signal == syscall.SIGKILL {
		waited = nil
	}
	return errors.Join(err, waited)
}

// stored counts the answers in the file, also while the server runs.
func (s *site) stored(ctx context.Context) (n int64, err error) {
	d, err := db.Open(ctx, db.Config{Name: s.file})
	if err != nil {
		return 0, err
	}
	n, err = d.Number(ctx, "SELECT COUNT(*) FROM event")
	return n, errors.Join(err, d.Close())
}
