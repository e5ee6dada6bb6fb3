/* The allocators by name: their calls, what a thread must say first, and how they give back. */
#include <dlfcn.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parts.h"

#define JEMALLOC_ALL_ARENAS 4096

/* rpmalloc comes as functions for Java, which read neither of the first two arguments. */
#define RPMALLOC "Java_org_lwjgl_system_rpmalloc_RPmalloc_"

static void *opened;
static size_t floor_bytes;
static __thread void *floor_block;

static void (*mi_collect)(_Bool force);
static int (*jemalloc_ctl)(const char *name, void *old, size_t *old_size, void *new, size_t size);
static void (*tc_release)(void);
static void (*rp_enter)(void *env, void *class);

static void *find(const char *symbol) {
  void *address = dlsym(opened, symbol);
  if (address == NULL) {
    fail("the library has no %s", symbol);
  }
  return address;
}

static struct allocator bind(const char *allocate, const char *free, const char *reallocate) {
  struct allocator calls;
  *(void **)&calls.allocate = find(allocate);
  *(void **)&calls.free = find(free);
  *(void **)&calls.reallocate = find(reallocate);
  return calls;
}

/* No allocator: a thread gets the same memory over and over. */
static void *floor_allocate(size_t bytes) {
  (void)bytes;
  if (floor_block == NULL) {
    floor_block = own_memory(floor_bytes);
  }
  return floor_block;
}

static void floor_free(void *block) { (void)block; }

static void *floor_reallocate(void *block, size_t bytes) {
  (void)bytes;
  return block;
}

static void open_floor(struct subject *subject) {
  subject->calls = (struct allocator){floor_allocate, floor_free, floor_reallocate};
}

static void trim_libc(void) { malloc_trim(0); }

extern const char *gnu_get_libc_version(void);

static void open_libc(struct subject *subject) {
  subject->calls = (struct allocator){malloc, free, realloc};
  subject->trim = trim_libc;
  snprintf(subject->version, sizeof subject->version, "%s", gnu_get_libc_version());
}

static void trim_mimalloc(void) { mi_collect(1); }

static void open_mimalloc(struct subject *subject) {
  int (*version)(void);
  subject->calls = bind("mi_malloc", "mi_free", "mi_realloc");
  *(void **)&mi_collect = find("mi_collect");
  subject->trim = trim_mimalloc;
  *(void **)&version = find("mi_version");
  int number = version();
  /* Two digits for each part since version 3, one before. */
  int base = number >= 10000 ? 100 : 10;
  snprintf(subject->version, sizeof subject->version, "%d.%d.%d",
           number >= 10000 ? number / 10000 : number / 100, number / base % base, number % base);
}

static void trim_jemalloc(void) {
  char purge[32];
  snprintf(purge, sizeof purge, "arena.%d.purge", JEMALLOC_ALL_ARENAS);
  jemalloc_ctl("thread.tcache.flush", NULL, NULL, NULL, 0);
  if (jemalloc_ctl(purge, NULL, NULL, NULL, 0) != 0) {
    fail("jemalloc refuses %s", purge);
  }
}

static void open_jemalloc(struct subject *subject) {
  const char *version = "";
  size_t size = sizeof version;
  /* A library that is to live beside another allocator has a prefix. */
  bool prefixed = dlsym(opened, "je_malloc") != NULL;
  subject->calls = prefixed ? bind("je_malloc", "je_free", "je_realloc")
                            : bind("malloc", "free", "realloc");
  *(void **)&jemalloc_ctl = find(prefixed ? "je_mallctl" : "mallctl");
  subject->trim = trim_jemalloc;
  jemalloc_ctl("version", &version, &size, NULL, 0);
  /* A build from sources without their history calls itself 0.0.0. */
  if (strncmp(version, "0.0.0", 5) != 0) {
    snprintf(subject->version, sizeof subject->version, "%.*s", (int)strcspn(version, "-"),
             version);
  }
}

static void trim_tcmalloc(void) { tc_release(); }

static void open_tcmalloc(struct subject *subject) {
  const char *(*version)(int *major, int *minor, const char **patch);
  int major;
  int minor;
  const char *patch;
  subject->calls = bind("tc_malloc", "tc_free", "tc_realloc");
  *(void **)&tc_release = find("MallocExtension_ReleaseFreeMemory");
  subject->trim = trim_tcmalloc;
  *(void **)&version = find("tc_version");
  version(&major, &minor, &patch);
  snprintf(subject->version, sizeof subject->version, "%d.%d", major, minor);
}

static void enter_rpmalloc(void) { rp_enter(NULL, NULL); }

static void *rpmalloc_function(const char *address_of) {
  void *(*address)(void *env, void *class);
  *(void **)&address = find(address_of);
  return address(NULL, NULL);
}

static void open_rpmalloc(struct subject *subject) {
  int (*initialize)(void *env, void *class, void *interface);
  *(void **)&initialize = find(RPMALLOC "nrpmalloc_1initialize");
  initialize(NULL, NULL, NULL);
  *(void **)&subject->calls.allocate = rpmalloc_function(RPMALLOC "rpmalloc_1address");
  *(void **)&subject->calls.free = rpmalloc_function(RPMALLOC "rpfree_1address");
  *(void **)&subject->calls.reallocate = rpmalloc_function(RPMALLOC "rprealloc_1address");
  *(void **)&rp_enter = find(RPMALLOC "rpmalloc_1thread_1initialize");
  subject->enter = enter_rpmalloc;
}

static const struct {
  const char *name;
  void (*open)(struct subject *subject);
} openers[] = {
    {"floor", open_floor},       {"malloc", open_libc},     {"mimalloc", open_mimalloc},
    {"jemalloc", open_jemalloc}, {"tcmalloc", open_tcmalloc}, {"rpmalloc", open_rpmalloc},
};

void open_subject(struct subject *subject, const char *name, const char *library,
                  size_t max_bytes) {
  floor_bytes = max_bytes;
  if (library != NULL) {
    opened = dlopen(library, RTLD_NOW | RTLD_LOCAL);
    if (opened == NULL) {
      fail("%s", dlerror());
    }
  }
  for (size_t i = 0; i < sizeof openers / sizeof openers[0]; i++) {
    if (strcmp(openers[i].name, name) == 0) {
      openers[i].open(subject);
      return;
    }
  }
  fail("no allocator is named %s", name);
}
