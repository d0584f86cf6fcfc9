// A layer between SQLite and the disk that fails on purpose. For tests only; never part of `laurel`.
//
// It wraps SQLite's own unix layer and registers itself as the default, so that the code under test
// opens its record exactly as it always does. One process may write a record at a time in power mode:
// the layer knows of no other's writes.
#ifndef LAUREL_FAULTS_H
#define LAUREL_FAULTS_H

#include <stdint.h>

// The exit code of a process whose power was cut.
#define LAUREL_FAULTS_POWER_CUT 77

// Registers the layer as the default; 0 where it worked. It does nothing until it is armed.
int32_t laurel_faults_install(void);

// Cuts the power at the given operation (write, sync, truncate, delete; from 1). `lies` makes every
// sync return at once and keep nothing, as a disk does that acknowledges from its cache.
void laurel_faults_arm_power(uint64_t seed, uint64_t operation, int32_t lies);

// Lets the given operation fail (write, sync, truncate, read, delete, shared memory; from 1) with the
// SQLITE_IOERR of its kind, or where `full` is set with SQLITE_FULL (writes and shared memory only);
// from then on every one where `forever` is set.
void laurel_faults_arm_error(uint64_t operation, int32_t full, int32_t forever);

// No faults any more.
void laurel_faults_disarm(void);

// How many operations were counted, and how many of them failed, since the layer was armed.
uint64_t laurel_faults_operations(void);
uint64_t laurel_faults_failures(void);

// Has the connection that was opened last checkpoint after so many pages: many cuts should fall into
// checkpoints, which are rare at SQLite's own 1000 pages. 0 where there is a connection.
int32_t laurel_faults_checkpoint_after(int32_t pages);

#endif
