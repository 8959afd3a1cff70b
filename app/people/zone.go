package people

import (
	"sync"
	"time"
)

// loaded keeps the zones that were asked for, by name: they never change, and
// reading one from the disk takes as long as deciding an answer.
var loaded sync.Map

// Zone is the time zone of an IANA name, UTC where there is none of that name.
func Zone(name string) *time.Location {
	if zone, ok := loaded.Load(name); ok {
		return zone.(*time.Location)
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC // not kept: anybody can make up names
	}
	loaded.Store(name, zone)
	return zone
}
