// The one call of Linux that puts a folder in the place of another without a moment between; the C
// library shows it to those only who ask for everything, which Swift doesn't.
#ifndef LAUREL_EXCHANGE_SHIM_H
#define LAUREL_EXCHANGE_SHIM_H

#include <fcntl.h>
#include <stdbool.h>

extern int renameat2(int from_folder, const char *from, int to_folder, const char *to,
                     unsigned int flags);

/// Exchanges what stands at two paths; false where the file system can't, and nothing was done.
static inline bool exchange_paths(const char *one, const char *other) {
  const unsigned int exchange = 2;
  return renameat2(AT_FDCWD, one, AT_FDCWD, other, exchange) == 0;
}

#endif
