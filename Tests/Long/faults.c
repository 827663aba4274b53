// Makes the Nth call of one kind fail, for files below one folder: `faults.py` preloads this.
//
// QUANT_FAULT   kind:errno:N, such as write:28:7; N of 0 fails nothing and counts
// QUANT_FOLDER  only paths below it count
// QUANT_COUNT   a file to which the number of calls of every kind is written at the end
//
// Kinds: write (also pwrite), fsync, rename, open, mkdir, link, truncate. A failing write first writes
// half of its bytes, as a disk that fills up does.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WRITE, FSYNC, RENAME, OPEN, MKDIR, LINK, TRUNCATE, KINDS };
static const char *names[KINDS] = {"write", "fsync", "rename", "open", "mkdir", "link", "truncate"};
static _Atomic long counts[KINDS];
static long when;
static int failing = -1, code, is_ready;
static const char *folder;

static void prepare(void) {
  if (is_ready) return;
  const char *fault = getenv("QUANT_FAULT");
  folder = getenv("QUANT_FOLDER");
  char kind[16];
  if (fault && sscanf(fault, "%15[a-z]:%d:%ld", kind, &code, &when) == 3)
    for (int index = 0; index < KINDS; index++)
      if (!strcmp(kind, names[index])) failing = index;
  is_ready = 1;
}

static int is_below(const char *path) {
  prepare();
  return folder && path && !strncmp(path, folder, strlen(folder));
}

static int is_file_below(int descriptor) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return is_below(path);
}

static int fails(int kind) {
  long number = atomic_fetch_add(&counts[kind], 1) + 1;
  if (kind != failing || number != when) return 0;
  errno = code;
  return 1;
}

static void report(void) {
  const char *path = getenv("QUANT_COUNT");
  if (!path) return;
  FILE *file = fopen(path, "w");
  if (!file) return;
  for (int index = 0; index < KINDS; index++) fprintf(file, "%s %ld\n", names[index], counts[index]);
  fclose(file);
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int descriptor, const void *bytes, size_t count) {
  int saved = errno;
  if (is_file_below(descriptor) && fails(WRITE)) {
    NEXT(write)(descriptor, bytes, count / 2);
    errno = code;
    return -1;
  }
  errno = saved;
  return NEXT(write)(descriptor, bytes, count);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
  int saved = errno;
  if (is_file_below(descriptor) && fails(WRITE)) {
    NEXT(pwrite)(descriptor, bytes, count / 2, offset);
    errno = code;
    return -1;
  }
  errno = saved;
  return NEXT(pwrite)(descriptor, bytes, count, offset);
}

int fsync(int descriptor) {
  if (is_file_below(descriptor) && fails(FSYNC)) return -1;
  return NEXT(fsync)(descriptor);
}

int ftruncate(int descriptor, off_t length) {
  if (is_file_below(descriptor) && fails(TRUNCATE)) return -1;
  return NEXT(ftruncate)(descriptor, length);
}

int rename(const char *from, const char *to) {
  if (is_below(to) && fails(RENAME)) return -1;
  return NEXT(rename)(from, to);
}

int link(const char *from, const char *to) {
  if (is_below(to) && fails(LINK)) return -1;
  return NEXT(link)(from, to);
}

int mkdir(const char *path, mode_t mode) {
  if (is_below(path) && fails(MKDIR)) return -1;
  return NEXT(mkdir)(path, mode);
}

int open(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  if (is_below(path) && fails(OPEN)) return -1;
  return NEXT(open)(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  if (is_below(path) && fails(OPEN)) return -1;
  return NEXT(open64)(path, flags, mode);
}

// The program ends by _exit, which runs no destructors.
void _exit(int status) {
  report();
  NEXT(_exit)(status);
  __builtin_unreachable();
}

__attribute__((destructor)) static void end(void) { report(); }
