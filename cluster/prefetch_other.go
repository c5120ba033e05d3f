//go:build !amd64 || purego

package cluster

import "unsafe"

func prefetch(unsafe.Pointer)      {}
func prefetchLines(unsafe.Pointer) {}
