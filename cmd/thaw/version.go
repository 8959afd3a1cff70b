package main

import (
	"fmt"
	"runtime/debug"
)

type version struct{}

// Run prints what is running.
func (version) Run(o out) error {
	_, err := fmt.Fprintln(o, "thaw", release())
	return err
}

func release() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	name := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			name += " " + s.Value[:12]
		}
	}
	return name + " " + info.GoVersion
}
