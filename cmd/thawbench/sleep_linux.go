package main

import (
	"time"

	"golang.org/x/sys/unix"
)

// sleep is exact to some microseconds. The runtime's timers wait for whole
// milliseconds, which is what is to be measured; it may end early.
func sleep(d time.Duration) {
	t := unix.NsecToTimespec(int64(d))
	_ = unix.Nanosleep(&t, nil) // its one error is that it ended early
}
