//go:build !purego

package cluster

import "unsafe"

// prefetch asks for memory that is read soon, and does not wait for it.
//
//go:noescape
func prefetch(at unsafe.Pointer)

// prefetchLines asks for 512 bytes: the processor finds the rest of a row itself.
//
//go:noescape
func prefetchLines(at unsafe.Pointer)
