package db

import (
	"context"
	"fmt"
	"testing"
	"time"

	"gorm.io/gorm"
)

// Readers in transactions hold every connection and want a statement that
// somebody else, who waits for a connection, is about to prepare.
func TestReadersDoNotWaitForEachOther(t *testing.T) {
	d := openTest(t, Config{})
	const query = "SELECT COUNT(*) FROM learner"
	n := d.pool.Stats().MaxOpenConnections
	inside, waits, done := make(chan bool), make(chan bool), make(chan error, n+1)
	read := func(g *gorm.DB) error { return g.Raw(query).Scan(new(int)).Error }
	for range n {
		go func() {
			done <- d.view(context.Background(), func(q *gorm.DB) error {
				inside <- true
				<-waits
				return read(q)
			})
		}()
	}
	for range n {
		<-inside
	}
	go func() { done <- read(d.reader(context.Background())) }()
	for d.pool.Stats().WaitCount == 0 {
		time.Sleep(time.Millisecond)
	}
	close(waits)
	for range n + 1 {
		select {
		case err := <-done:
			if err != nil {
				t.Error(err)
			}
		case <-time.After(20 * time.Second):
			t.Fatal("readers wait for each other for ever")
		}
	}
}

func TestStatementsOfReadersAreBounded(t *testing.T) {
	d := openTest(t, Config{})
	pool := d.read.ConnPool.(*readers)
	for i := range kept + 50 {
		var got int
		query := fmt.Sprintf("SELECT ? + %d", i)
		if err := d.reader(t.Context()).Raw(query, i).Scan(&got).Error; err != nil || got != 2*i {
			t.Fatalf("query %d: %d, %v", i, got, err)
		}
	}
	if got := len(pool.prepared); got != kept {
		t.Errorf("%d statements are kept, want %d", got, kept)
	}
}
