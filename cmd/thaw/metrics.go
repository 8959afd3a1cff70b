package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// measure serves metrics on an address of their own, if one is named, and
// returns what counts a request. Only the patterns of routes are counted, never
// what stands in them.
func (s serve) measure(ctx context.Context, o out) (func(method, route string, status int, took time.Duration), error) {
	if s.MetricsAddr == "" {
		return nil, nil
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", s.MetricsAddr)
	if err != nil {
		return nil, fmt.Errorf("cannot listen on %s: choose another with --metrics-addr: %w", s.MetricsAddr, err)
	}
	requests := prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "thaw_request_seconds", Help: "Time to answer a request.",
		Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, 1, 5}}, []string{"method", "route", "status"})
	registry := prometheus.NewRegistry()
	registry.MustRegister(requests, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	server := &http.Server{Handler: promhttp.HandlerFor(registry, promhttp.HandlerOpts{}), ReadHeaderTimeout: 5 * time.Second}
	go func() {
		if err := server.Serve(listener); err != nil && ctx.Err() == nil {
			o.log.Error("metrics", "error", err)
		}
	}()
	context.AfterFunc(ctx, func() { _ = server.Close() })
	o.log.Info("metrics", "address", listener.Addr().String())
	return func(method, route string, status int, took time.Duration) {
		requests.WithLabelValues(method, route, strconv.Itoa(status)).Observe(took.Seconds())
	}, nil
}
