// A disk that fails when it is told to: preloaded into the program, whose SQLite writes
// through these functions. The file named by THAW_FAULT holds two numbers of 32 bits: the
// error of writes, and the error of syncs; 0 for none.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static const int32_t fine[2];
static const volatile int32_t *faults = fine;
static unsigned calls;

__attribute__((constructor)) static void begin(void) {
	const char *path = getenv("THAW_FAULT");
	int fd = path ? open(path, O_RDONLY) : -1;
	if (fd < 0)
		return;
	void *at = mmap(0, sizeof fine, PROT_READ, MAP_SHARED, fd, 0);
	if (at != MAP_FAILED)
		faults = at;
	close(fd);
}

// left is how much of a write still has room: a disk that gets full takes half of one
// before it takes none.
static size_t left(size_t n) {
	if (faults[0] == 0)
		return n;
	if (faults[0] == ENOSPC && n > 1 && __atomic_add_fetch(&calls, 1, __ATOMIC_RELAXED) % 2)
		return n / 2;
	errno = faults[0];
	return 0;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

#define PWRITE(name, offset) \
	ssize_t name(int fd, const void *from, size_t n, offset at) { \
		size_t some = left(n); \
		return some || !n ? NEXT(name)(fd, from, some, at) : -1; \
	}
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define TRUNCATE(name, offset) \
	int name(int fd, offset at) { \
		if (!faults[0]) \
			return NEXT(name)(fd, at); \
		errno = faults[0]; \
		return -1; \
	}
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

#define SYNC(name) \
	int name(int fd) { \
		if (!faults[1]) \
			return NEXT(name)(fd); \
		errno = faults[1]; \
		return -1; \
	}
SYNC(fsync)
SYNC(fdatasync)
