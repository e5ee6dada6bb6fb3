/* The table of kernels. */
#include <string.h>

#include "parts.h"

#define KERNEL(name) extern const struct kernel name##_kernel;
#include "kernels.def"
#undef KERNEL

static const struct kernel *const kernels[] = {
#define KERNEL(name) &name##_kernel,
#include "kernels.def"
#undef KERNEL
};

const struct kernel *kernel_of(const char *name) {
  for (size_t i = 0; i < sizeof kernels / sizeof kernels[0]; i++) {
    if (strcmp(kernels[i]->name, name) == 0) {
      return kernels[i];
    }
  }
  fail("no kernel runs the load %s", name);
}
