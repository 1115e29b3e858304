/* Records what one process changes below a folder: each call with its data, in order, for a replay.
 *
 * `record_start(below, log)` begins; `record_mark(text)` puts a remark between the calls.
 * A record is a `struct head`, the path (or two, each with its final NUL), then the data.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { CREATE = 1, WRITE, RESIZE, SYNC, RENAME, UNLINK, MKDIR, LINK, MARK };

struct head {
    uint32_t kind, paths_size;
    uint64_t inode, offset, data_size;
    int64_t modified_ns;
};

static int log_fd = -1;
static char below[PATH_MAX];
static pthread_mutex_t lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

#define LOCKED __attribute__((cleanup(unlock))) int held = pthread_mutex_lock(&lock); (void)held
static void unlock(int *held) { (void)held; pthread_mutex_unlock(&lock); }

static void append(struct head head, const char *first, const char *second, const void *data) {
    int keep = errno;
    head.paths_size = (first ? strlen(first) + 1 : 0) + (second ? strlen(second) + 1 : 0);
    struct iovec parts[] = {
        {&head, sizeof head},
        {(void *)first, first ? strlen(first) + 1 : 0},
        {(void *)second, second ? strlen(second) + 1 : 0},
        {(void *)data, head.data_size},
    };
    ssize_t size = sizeof head + head.paths_size + head.data_size;
    if (syscall(SYS_writev, log_fd, parts, 4) != size) abort();
    errno = keep;
}

int record_start(const char *folder, const char *log) {
    snprintf(below, sizeof below, "%s/", folder);
    log_fd = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
    return log_fd;
}

void record_mark(const char *text) {
    LOCKED;
    append((struct head){.kind = MARK, .data_size = strlen(text)}, NULL, NULL, text);
}

/* The absolute path of `path`, if it is below the folder; else NULL. */
static const char *absolute(int folder, const char *path, char *found) {
    if (log_fd < 0 || !path) return NULL;
    if (path[0] == '/') {
        snprintf(found, PATH_MAX, "%s", path);
    } else {
        char link[64];
        if (folder == AT_FDCWD) snprintf(link, sizeof link, "/proc/self/cwd");
        else snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
        ssize_t n = readlink(link, found, PATH_MAX - 1);
        if (n < 0) return NULL;
        snprintf(found + n, PATH_MAX - n, *path ? "/%s" : "%s", path);
    }
    return strncmp(found, below, strlen(below)) == 0 ? found : NULL;
}

static int is_below(int fd) {
    char found[PATH_MAX];
    return absolute(fd, "", found) != NULL;
}

static struct head about(uint32_t kind, const struct stat *found) {
    int64_t moment = found->st_mtim.tv_sec * 1000000000LL + found->st_mtim.tv_nsec;
    return (struct head){.kind = kind, .inode = found->st_ino, .offset = found->st_size, .modified_ns = moment};
}

static void on_fd(uint32_t kind, int fd) {
    struct stat found;
    if (fstat(fd, &found) == 0) append(about(kind, &found), NULL, NULL, NULL);
}

static void on_path(uint32_t kind, const char *path) {
    struct stat found;
    if (lstat(path, &found) == 0) append(about(kind, &found), path, NULL, NULL);
}

static void written(int fd, off64_t offset, const void *data, ssize_t size) {
    struct stat found;
    if (size <= 0 || fstat(fd, &found) != 0) return;
    struct head head = about(WRITE, &found);
    head.offset = offset, head.data_size = size;
    append(head, NULL, NULL, data);
}

/* As `written`, of what is in the file already. */
static void copied(int fd, off64_t offset, ssize_t size) {
    char path[64];
    if (size <= 0) return;
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    int reading = syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);
    char *data = malloc(size);
    if (reading < 0 || !data || pread64(reading, data, size, offset) != size) abort();
    written(fd, offset, data, size);
    free(data);
    syscall(SYS_close, reading);
}

static off64_t end_of_last(int fd, ssize_t size) { return lseek64(fd, 0, SEEK_CUR) - size; }

#define REAL(result, name, ...) \
    static result (*real)(__VA_ARGS__); \
    if (!real) real = dlsym(RTLD_NEXT, name)

static void opened(int fd, const char *path, int was, int flags) {
    struct stat found;
    if (fd < 0 || !path || fstat(fd, &found) != 0) return;
    if (!was) append(about(CREATE, &found), path, NULL, NULL);
    else if (flags & O_TRUNC) append(about(RESIZE, &found), NULL, NULL, NULL);
}

static int exists(const char *path) {
    struct stat found;
    return path && lstat(path, &found) == 0;
}

#define OPEN(name, parameters, folder, ...) \
    int name parameters { \
        static int (*real) parameters; \
        if (!real) real = dlsym(RTLD_NEXT, #name); \
        va_list rest; va_start(rest, flags); mode_t mode = va_arg(rest, int); va_end(rest); \
        if (!(flags & (O_CREAT | O_TRUNC))) return real(__VA_ARGS__); \
        LOCKED; \
        char found[PATH_MAX]; \
        const char *whole = absolute(folder, path, found); \
        int was = exists(whole); \
        int fd = real(__VA_ARGS__); \
        opened(fd, whole, was, flags); \
        return fd; \
    }
OPEN(open, (const char *path, int flags, ...), AT_FDCWD, path, flags, mode)
OPEN(open64, (const char *path, int flags, ...), AT_FDCWD, path, flags, mode)
OPEN(openat, (int folder, const char *path, int flags, ...), folder, folder, path, flags, mode)
OPEN(openat64, (int folder, const char *path, int flags, ...), folder, folder, path, flags, mode)

#define FD_CALL(result, name, parameters, after, ...) \
    result name parameters { \
        static result (*real) parameters; \
        if (!real) real = dlsym(RTLD_NEXT, #name); \
        if (log_fd < 0 || !is_below(fd)) return real(__VA_ARGS__); \
        LOCKED; \
        result done = real(__VA_ARGS__); \
        after; \
        return done; \
    }
FD_CALL(ssize_t, write, (int fd, const void *data, size_t size), written(fd, end_of_last(fd, done), data, done), fd, data, size)
FD_CALL(ssize_t, pwrite, (int fd, const void *data, size_t size, off_t at), written(fd, at, data, done), fd, data, size, at)
FD_CALL(ssize_t, pwrite64, (int fd, const void *data, size_t size, off64_t at), written(fd, at, data, done), fd, data, size, at)
FD_CALL(ssize_t, writev, (int fd, const struct iovec *parts, int n), copied(fd, end_of_last(fd, done), done), fd, parts, n)
FD_CALL(ssize_t, sendfile, (int fd, int from, off_t *at, size_t size), copied(fd, end_of_last(fd, done), done), fd, from, at, size)
FD_CALL(ssize_t, sendfile64, (int fd, int from, off64_t *at, size_t size), copied(fd, end_of_last(fd, done), done), fd, from, at, size)
FD_CALL(int, fsync, (int fd), if (!done) on_fd(SYNC, fd), fd)
FD_CALL(int, fdatasync, (int fd), if (!done) on_fd(SYNC, fd), fd)
FD_CALL(int, ftruncate, (int fd, off_t size), if (!done) on_fd(RESIZE, fd), fd, size)
FD_CALL(int, ftruncate64, (int fd, off64_t size), if (!done) on_fd(RESIZE, fd), fd, size)
FD_CALL(int, posix_fallocate, (int fd, off_t at, off_t size), if (!done) on_fd(RESIZE, fd), fd, at, size)
FD_CALL(int, posix_fallocate64, (int fd, off64_t at, off64_t size), if (!done) on_fd(RESIZE, fd), fd, at, size)

ssize_t copy_file_range(int from, off64_t *a, int fd, off64_t *b, size_t size, unsigned flags) {
    REAL(ssize_t, "copy_file_range", int, off64_t *, int, off64_t *, size_t, unsigned);
    if (log_fd < 0 || !is_below(fd)) return real(from, a, fd, b, size, flags);
    LOCKED;
    ssize_t done = real(from, a, fd, b, size, flags);
    copied(fd, b ? *b - done : end_of_last(fd, done), done);
    return done;
}

#define NAME_CALL(name, parameters, folder, path, after, ...) \
    int name parameters { \
        static int (*real) parameters; \
        if (!real) real = dlsym(RTLD_NEXT, #name); \
        LOCKED; \
        char found[PATH_MAX]; \
        const char *whole = absolute(folder, path, found); \
        int done = real(__VA_ARGS__); \
        if (whole && !done) after; \
        return done; \
    }
NAME_CALL(unlink, (const char *path), AT_FDCWD, path, append((struct head){.kind = UNLINK}, whole, NULL, NULL), path)
NAME_CALL(unlinkat, (int folder, const char *path, int flags), folder, path, append((struct head){.kind = UNLINK}, whole, NULL, NULL), folder, path, flags)
NAME_CALL(rmdir, (const char *path), AT_FDCWD, path, append((struct head){.kind = UNLINK}, whole, NULL, NULL), path)
NAME_CALL(remove, (const char *path), AT_FDCWD, path, append((struct head){.kind = UNLINK}, whole, NULL, NULL), path)
NAME_CALL(mkdir, (const char *path, mode_t mode), AT_FDCWD, path, on_path(MKDIR, whole), path, mode)
NAME_CALL(mkdirat, (int folder, const char *path, mode_t mode), folder, path, on_path(MKDIR, whole), folder, path, mode)
NAME_CALL(link, (const char *from, const char *path), AT_FDCWD, path, on_path(LINK, whole), from, path)
NAME_CALL(linkat, (int x, const char *from, int folder, const char *path, int flags), folder, path, on_path(LINK, whole), x, from, folder, path, flags)
NAME_CALL(truncate, (const char *path, off_t size), AT_FDCWD, path, on_path(RESIZE, whole), path, size)
NAME_CALL(truncate64, (const char *path, off64_t size), AT_FDCWD, path, on_path(RESIZE, whole), path, size)

/* A move out of the folder counts as deletion, one into it must not happen. */
static void renamed(const char *from, const char *to) {
    if (from && to) append((struct head){.kind = RENAME}, from, to, NULL);
    else if (from) append((struct head){.kind = UNLINK}, from, NULL, NULL);
    else if (to) abort();
}

int rename(const char *from, const char *to) {
    REAL(int, "rename", const char *, const char *);
    LOCKED;
    char a[PATH_MAX], b[PATH_MAX];
    const char *source = absolute(AT_FDCWD, from, a), *target = absolute(AT_FDCWD, to, b);
    int done = real(from, to);
    if (!done) renamed(source, target);
    return done;
}

int renameat(int x, const char *from, int y, const char *to) {
    REAL(int, "renameat", int, const char *, int, const char *);
    LOCKED;
    char a[PATH_MAX], b[PATH_MAX];
    const char *source = absolute(x, from, a), *target = absolute(y, to, b);
    int done = real(x, from, y, to);
    if (!done) renamed(source, target);
    return done;
}
