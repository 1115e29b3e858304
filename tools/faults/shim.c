/* Counts the file calls below one folder, in every process that has this library preloaded, and makes one fail.
 *
 * FAULTS_STATE names a file that all processes map: the counter, which fault, at which call, below which folder.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/uio.h>
#include <unistd.h>

enum { NONE, KILL, FULL, IO_ERROR, NO_DESCRIPTORS };

struct state {
    uint64_t calls, opens, at, fired;
    uint32_t fault, armed;
    char below[1024];
};

static struct state *state;

__attribute__((constructor)) static void map_state(void) {
    const char *name = getenv("FAULTS_STATE");
    int fd = name ? open(name, O_RDWR | O_CLOEXEC) : -1;
    if (fd < 0) return;
    void *found = mmap(NULL, sizeof *state, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (found != MAP_FAILED) state = found;
}

static int is_below(const char *path) {
    return path && strncmp(path, state->below, strlen(state->below)) == 0;
}

static int at_below(int folder, const char *path) {
    if (!state || !state->armed || !path) return 0;
    if (path[0] == '/') return is_below(path);
    char link[64], found[PATH_MAX];
    if (folder == AT_FDCWD) return getcwd(found, sizeof found) && is_below(found);
    snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    ssize_t n = readlink(link, found, sizeof found - 1);
    if (n < 0) return 0;
    found[n] = 0;
    return is_below(found);
}

static int fd_below(int fd) { return at_below(fd, "."); }

/* Return the error of this call, 0 where it may go on; `grows` for a call that takes space. */
static int fault(int grows) {
    uint64_t n = __atomic_add_fetch(&state->calls, 1, __ATOMIC_SEQ_CST);
    if (!state->at || state->fault == NO_DESCRIPTORS) return 0;
    int now = state->fault == FULL ? n >= state->at && grows : n == state->at;
    if (!now) return 0;
    __atomic_add_fetch(&state->fired, 1, __ATOMIC_SEQ_CST);
    if (state->fault == KILL) kill(getpid(), SIGKILL);
    return state->fault == FULL ? ENOSPC : EIO;
}

static int open_fault(int folder, const char *path, int flags) {
    if (!at_below(folder, path)) return 0;
    uint64_t n = __atomic_add_fetch(&state->opens, 1, __ATOMIC_SEQ_CST);
    if (state->at && state->fault == NO_DESCRIPTORS && n == state->at) {
        __atomic_add_fetch(&state->fired, 1, __ATOMIC_SEQ_CST);
        return EMFILE;
    }
    if ((flags & O_ACCMODE) == O_RDONLY && !(flags & O_CREAT)) return 0;
    struct stat found;
    return fault((flags & O_CREAT) && fstatat(folder, path, &found, 0) != 0);
}

#define REAL(result, name, ...) \
    static result (*real)(__VA_ARGS__); \
    if (!real) real = dlsym(RTLD_NEXT, name)
#define FAIL(where, grows) \
    if (where) { int error = fault(grows); if (error) { errno = error; return -1; } }

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        REAL(int, #name, const char *, int, ...); \
        va_list rest; va_start(rest, flags); mode_t mode = va_arg(rest, int); va_end(rest); \
        int error = open_fault(AT_FDCWD, path, flags); \
        if (error) { errno = error; return -1; } \
        return real(path, flags, mode); \
    }
#define OPENAT(name) \
    int name(int folder, const char *path, int flags, ...) { \
        REAL(int, #name, int, const char *, int, ...); \
        va_list rest; va_start(rest, flags); mode_t mode = va_arg(rest, int); va_end(rest); \
        int error = open_fault(folder, path, flags); \
        if (error) { errno = error; return -1; } \
        return real(folder, path, flags, mode); \
    }
OPEN(open) OPEN(open64) OPENAT(openat) OPENAT(openat64)

#define ON_FD(result, name, grows, parameters, ...) \
    result name parameters { \
        static result (*real) parameters; \
        if (!real) real = dlsym(RTLD_NEXT, #name); \
        FAIL(fd_below(fd), grows) \
        return real(__VA_ARGS__); \
    }
ON_FD(ssize_t, write, 1, (int fd, const void *data, size_t size), fd, data, size)
ON_FD(ssize_t, pwrite, 1, (int fd, const void *data, size_t size, off_t at), fd, data, size, at)
ON_FD(ssize_t, pwrite64, 1, (int fd, const void *data, size_t size, off64_t at), fd, data, size, at)
ON_FD(ssize_t, writev, 1, (int fd, const struct iovec *parts, int n), fd, parts, n)
ON_FD(ssize_t, sendfile, 1, (int fd, int from, off_t *at, size_t size), fd, from, at, size)
ON_FD(ssize_t, sendfile64, 1, (int fd, int from, off64_t *at, size_t size), fd, from, at, size)
ON_FD(int, fsync, 0, (int fd), fd)
ON_FD(int, fdatasync, 0, (int fd), fd)
ON_FD(int, ftruncate, 0, (int fd, off_t size), fd, size)
ON_FD(int, ftruncate64, 0, (int fd, off64_t size), fd, size)
ON_FD(int, posix_fallocate, 1, (int fd, off_t at, off_t size), fd, at, size)

ssize_t copy_file_range(int from, off64_t *a, int fd, off64_t *b, size_t size, unsigned flags) {
    REAL(ssize_t, "copy_file_range", int, off64_t *, int, off64_t *, size_t, unsigned);
    FAIL(fd_below(fd), 1)
    return real(from, a, fd, b, size, flags);
}

#define ON_PATH(name, grows, where, parameters, ...) \
    int name parameters { \
        static int (*real) parameters; \
        if (!real) real = dlsym(RTLD_NEXT, #name); \
        FAIL(where, grows) \
        return real(__VA_ARGS__); \
    }
ON_PATH(rename, 0, at_below(AT_FDCWD, to), (const char *from, const char *to), from, to)
ON_PATH(renameat, 0, at_below(b, to), (int a, const char *from, int b, const char *to), a, from, b, to)
ON_PATH(unlink, 0, at_below(AT_FDCWD, path), (const char *path), path)
ON_PATH(unlinkat, 0, at_below(folder, path), (int folder, const char *path, int flags), folder, path, flags)
ON_PATH(rmdir, 0, at_below(AT_FDCWD, path), (const char *path), path)
ON_PATH(link, 1, at_below(AT_FDCWD, to), (const char *from, const char *to), from, to)
ON_PATH(symlink, 1, at_below(AT_FDCWD, to), (const char *from, const char *to), from, to)
ON_PATH(mkdir, 1, at_below(AT_FDCWD, path), (const char *path, mode_t mode), path, mode)
ON_PATH(mkdirat, 1, at_below(folder, path), (int folder, const char *path, mode_t mode), folder, path, mode)

/* A disk that was found full has no free space, until the fault is over. */
#define ON_SPACE(name, type) \
    int name(const char *path, struct type *found) { \
        REAL(int, #name, const char *, struct type *); \
        int result = real(path, found); \
        if (!result && at_below(AT_FDCWD, path) && state->fault == FULL && state->fired) \
            found->f_bfree = found->f_bavail = 0; \
        return result; \
    }
ON_SPACE(statvfs, statvfs) ON_SPACE(statvfs64, statvfs64)
