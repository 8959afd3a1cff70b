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

// site is a server in a process of its own, and the answers that wait to be
// given to it.
type site struct {
	crowd
	file    string
	flags   []string // of serve
	clients int

	next    atomic.Int64 // answer
	child   *exec.Cmd
	address string
}

// open runs this program again as the server. It logs to a file, as it would
// anywhere.
func (s *site) open(ctx context.Context) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	s.child = exec.CommandContext(ctx, self, append([]string{"serve", s.file}, s.flags...)...) // #nosec G204 -- this very program
	log, err := os.OpenFile(s.file+".log", os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close() //nolint:errcheck // the child has its own
	s.child.Stderr = log
	stdout, err := s.child.StdoutPipe()
	if err != nil {
		return err
	}
	if err := s.child.Start(); err != nil {
		return err
	}
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		return fmt.Errorf("the server ended at once: %w", s.child.Wait())
	}
	s.address = strings.TrimSpace(line)
	return nil
}

// end sends the signal and waits for the end. SIGTERM must end a server in order.
func (s *site) end(signal os.Signal) error {
	err := s.child.Process.Signal(signal)
	waited := s.child.Wait()
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
