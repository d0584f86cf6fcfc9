#include "faults.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// What a power cut may do to what was not synced, from POSIX and ext4 (data=ordered and worse):
//
// - What a file held when fsync(2) on it returned is there, unless later writes changed it.
// - Of later writes and truncations any may be there and any may not, in any combination; a write
//   may be there in part, sector by sector. Where a later write is there and an earlier one is not,
//   the hole reads as zeros.
// - A sector is there whole or not at all, and a write leaves bytes beside it alone (what SQLite
//   calls powersafe overwrite and assumes of every disk).
// - A file's name, or its deletion, is there for certain only after fsync(2) on the folder. SQLite
//   syncs the folder at the first sync of a new journal or WAL file, and when it deletes with
//   syncDir. Before that a new file may be gone and a deleted one may be back with what it held.
#define SECTOR 512

enum { MODE_OFF, MODE_POWER, MODE_ERROR };

typedef struct Pending {
    struct Pending *next;
    sqlite3_int64 offset;  // of a write; the new size of a truncation
    unsigned char *bytes;  // NULL for a truncation
    size_t count;
} Pending;

// A file's content, apart from its name: what surely lies on the disk, and what may.
typedef struct Node {
    unsigned char *image;
    size_t size;
    Pending *first, *last;
} Node;

typedef struct Name {
    struct Name *next;
    char *path;
    Node *durable;  // what the name surely leads to after a cut; NULL: there is no such file
    Node *now;
} Name;

typedef struct {
    sqlite3_file base;
    Node *node;
    int syncsFolder;
} FaultFile;

static sqlite3_vfs *disk;
static sqlite3_vfs layer;
static sqlite3 *newest;
static Name *names;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int mode = MODE_OFF;
static int lying, fullDisk, failsForever;
static uint64_t target, counted, failed, randomState;

static sqlite3_file *under(sqlite3_file *file) {
    return (sqlite3_file *)((char *)file + sizeof(FaultFile));
}

// SplitMix64, as the rehearsal uses it.
static uint64_t draw(void) {
    uint64_t mixed = randomState += UINT64_C(0x9E3779B97F4A7C15);
    mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94D049BB133111EB);
    return mixed ^ (mixed >> 31);
}

// A harness that runs out of memory or disk must not pass for a fault that was injected.
static void give_up(const char *what) {
    fprintf(stderr, "faults: %s: %s\n", what, strerror(errno));
    _exit(70);
}

static void *memory(size_t count) {
    void *made = calloc(1, count > 0 ? count : 1);
    if (made == NULL) give_up("memory");
    return made;
}

// MARK: What lies on the disk

static void grow(unsigned char **image, size_t *size, size_t wanted) {
    unsigned char *larger = realloc(*image, wanted > 0 ? wanted : 1);
    if (larger == NULL) give_up("memory");
    if (wanted > *size) memset(larger + *size, 0, wanted - *size);
    *image = larger;
    *size = wanted;
}

static void lay(unsigned char **image, size_t *size, const Pending *step, size_t from, size_t to) {
    size_t end = (size_t)step->offset + to;
    if (end > *size) grow(image, size, end);
    memcpy(*image + step->offset + from, step->bytes + from, to - from);
}

static void note(Node *node, sqlite3_int64 offset, const void *bytes, size_t count) {
    Pending *step = memory(sizeof *step);
    step->offset = offset;
    step->count = count;
    if (bytes != NULL) {
        step->bytes = memory(count);
        memcpy(step->bytes, bytes, count);
    }
    if (node->last != NULL) node->last->next = step; else node->first = step;
    node->last = step;
}

static void settle(Node *node) {
    while (node->first != NULL) {
        Pending *step = node->first;
        if (step->bytes != NULL) {
            lay(&node->image, &node->size, step, 0, step->count);
        } else {
            grow(&node->image, &node->size, (size_t)step->offset);
        }
        node->first = step->next;
        free(step->bytes);
        free(step);
    }
    node->last = NULL;
}

static void settle_folder(void) {
    for (Name *name = names; name != NULL; name = name->next) name->durable = name->now;
}

// How much of what was not synced arrives: a cut that loses all of it, or keeps all, is as possible as
// any mixture, and each finds other faults.
enum { LOSE_ALL, KEEP_ALL, MIXED };

static void arrive(Node *node, int fate, unsigned char **image, size_t *size) {
    *size = 0;
    *image = NULL;
    grow(image, size, node->size);
    if (node->size > 0) memcpy(*image, node->image, node->size);
    for (Pending *step = node->first; step != NULL; step = step->next) {
        uint64_t way = fate == KEEP_ALL ? 0 : fate == LOSE_ALL ? 1 : draw() % 3;
        if (way == 1) continue;
        if (step->bytes == NULL) {
            grow(image, size, (size_t)step->offset);
            continue;
        }
        if (way == 0) {
            lay(image, size, step, 0, step->count);
            continue;
        }
        for (size_t from = 0; from < step->count;) {
            size_t end = ((size_t)step->offset + from) / SECTOR * SECTOR + SECTOR
                - (size_t)step->offset;
            size_t to = end < step->count ? end : step->count;
            if (draw() & 1) lay(image, size, step, from, to);
            from = to;
        }
    }
}

static void write_file(const char *path, const unsigned char *image, size_t size) {
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0) give_up(path);
    for (size_t done = 0; done < size;) {
        ssize_t count = write(file, image + done, size - done);
        if (count < 0 && errno != EINTR) give_up(path);
        if (count > 0) done += (size_t)count;
    }
    close(file);
}

// Leaves the files as a cut may leave them, and ends the process where it stands.
static void cut(void) {
    uint64_t roll = draw() % 8;
    int fate = roll == 0 ? KEEP_ALL : roll <= 2 ? LOSE_ALL : MIXED;
    for (Name *name = names; name != NULL; name = name->next) {
        Node *node = name->now;
        if (name->durable != name->now && fate != KEEP_ALL && (fate == LOSE_ALL || (draw() & 1))) {
            node = name->durable;
        }
        if (node == NULL) {
            if (unlink(name->path) != 0 && errno != ENOENT) give_up(name->path);
        } else {
            unsigned char *image;
            size_t size;
            arrive(node, fate, &image, &size);
            write_file(name->path, image, size);
        }
        // The WAL's index is memory that processes share: no power cut leaves any of it.
        char index[4096];
        if (snprintf(index, sizeof index, "%s-shm", name->path) < (int)sizeof index) unlink(index);
    }
    _exit(LAUREL_FAULTS_POWER_CUT);
}

static Name *name_of(const char *path) {
    for (Name *name = names; name != NULL; name = name->next) {
        if (strcmp(name->path, path) == 0) return name;
    }
    Name *name = memory(sizeof *name);
    name->path = strdup(path);
    if (name->path == NULL) give_up("memory");
    name->next = names;
    names = name;
    return name;
}

// Whether this operation is the one. Called with the lock held.
static int is_due(void) {
    counted += 1;
    return counted == target;
}

static int fails(int isSpace) {
    if (mode != MODE_ERROR || (fullDisk && !isSpace)) return 0;
    counted += 1;
    if (counted != target && !(failsForever && counted > target)) return 0;
    failed += 1;
    return 1;
}

// MARK: The file's calls

static int fault_close(sqlite3_file *file) {
    return under(file)->pMethods->xClose(under(file));
}

static int fault_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 offset) {
    pthread_mutex_lock(&lock);
    int fault = fails(0);
    pthread_mutex_unlock(&lock);
    if (fault) return SQLITE_IOERR_READ;
    return under(file)->pMethods->xRead(under(file), bytes, count, offset);
}

static int fault_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset) {
    FaultFile *mine = (FaultFile *)file;
    pthread_mutex_lock(&lock);
    if (fails(1)) {
        // A disk that fails has often written a part.
        if (count > SECTOR && (counted & 1)) {
            under(file)->pMethods->xWrite(under(file), bytes, count / 2, offset);
        }
        pthread_mutex_unlock(&lock);
        return fullDisk ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    }
    if (mode == MODE_POWER && mine->node != NULL) {
        note(mine->node, offset, bytes, (size_t)count);
        if (is_due()) cut();
    }
    int code = under(file)->pMethods->xWrite(under(file), bytes, count, offset);
    pthread_mutex_unlock(&lock);
    return code;
}

static int fault_truncate(sqlite3_file *file, sqlite3_int64 size) {
    FaultFile *mine = (FaultFile *)file;
    pthread_mutex_lock(&lock);
    if (!fullDisk && fails(0)) {
        pthread_mutex_unlock(&lock);
        return SQLITE_IOERR_TRUNCATE;
    }
    if (mode == MODE_POWER && mine->node != NULL) {
        note(mine->node, size, NULL, 0);
        if (is_due()) cut();
    }
    int code = under(file)->pMethods->xTruncate(under(file), size);
    pthread_mutex_unlock(&lock);
    return code;
}

static int fault_sync(sqlite3_file *file, int flags) {
    FaultFile *mine = (FaultFile *)file;
    pthread_mutex_lock(&lock);
    if (!fullDisk && fails(0)) {
        pthread_mutex_unlock(&lock);
        return SQLITE_IOERR_FSYNC;
    }
    if (mode == MODE_POWER && mine->node != NULL) {
        // The cut may come before the disk has done it, or after, but before SQLite hears of it.
        int due = is_due();
        if (due && (draw() & 1)) cut();
        if (!lying) {
            settle(mine->node);
            if (mine->syncsFolder) settle_folder();
            mine->syncsFolder = 0;
        }
        if (due) cut();
        // What the kernel keeps is of no account here: the layer itself decides what a cut leaves.
        pthread_mutex_unlock(&lock);
        return SQLITE_OK;
    }
    int code = under(file)->pMethods->xSync(under(file), flags);
    pthread_mutex_unlock(&lock);
    return code;
}

static int fault_size(sqlite3_file *file, sqlite3_int64 *size) {
    return under(file)->pMethods->xFileSize(under(file), size);
}

static int fault_lock(sqlite3_file *file, int level) {
    return under(file)->pMethods->xLock(under(file), level);
}

static int fault_unlock(sqlite3_file *file, int level) {
    return under(file)->pMethods->xUnlock(under(file), level);
}

static int fault_reserved(sqlite3_file *file, int *is) {
    return under(file)->pMethods->xCheckReservedLock(under(file), is);
}

static int fault_control(sqlite3_file *file, int verb, void *argument) {
    return under(file)->pMethods->xFileControl(under(file), verb, argument);
}

static int fault_sector(sqlite3_file *file) {
    return under(file)->pMethods->xSectorSize(under(file));
}

static int fault_traits(sqlite3_file *file) {
    return under(file)->pMethods->xDeviceCharacteristics(under(file));
}

static int fault_map(sqlite3_file *file, int page, int size, int extend, void volatile **region) {
    pthread_mutex_lock(&lock);
    int fault = fails(extend);
    pthread_mutex_unlock(&lock);
    if (fault) return fullDisk ? SQLITE_FULL : SQLITE_IOERR_SHMMAP;
    return under(file)->pMethods->xShmMap(under(file), page, size, extend, region);
}

static int fault_shared_lock(sqlite3_file *file, int offset, int count, int flags) {
    return under(file)->pMethods->xShmLock(under(file), offset, count, flags);
}

static void fault_barrier(sqlite3_file *file) {
    under(file)->pMethods->xShmBarrier(under(file));
}

static int fault_unmap(sqlite3_file *file, int forget) {
    return under(file)->pMethods->xShmUnmap(under(file), forget);
}

// Version 2: shared memory, but no memory-mapped reads, which would pass the layer by.
static const sqlite3_io_methods methods = {
    2, fault_close, fault_read, fault_write, fault_truncate, fault_sync, fault_size, fault_lock,
    fault_unlock, fault_reserved, fault_control, fault_sector, fault_traits, fault_map,
    fault_shared_lock, fault_barrier, fault_unmap, NULL, NULL,
};

// MARK: The layer's calls

// What the file holds as it is opened counts as synced: whoever wrote it has ended.
static Node *node_as_found(sqlite3_file *file) {
    Node *node = memory(sizeof *node);
    sqlite3_int64 size = 0;
    if (file->pMethods->xFileSize(file, &size) != SQLITE_OK) give_up("size");
    grow(&node->image, &node->size, (size_t)size);
    // Through SQLite's own handle: closing another one would drop the process's locks.
    if (size > 0 && file->pMethods->xRead(file, node->image, (int)size, 0) != SQLITE_OK) {
        give_up("read");
    }
    return node;
}

static int fault_open(
    sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *outFlags) {
    (void)vfs;
    int kinds = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL;
    // Files without a name hold nothing that must outlive the process.
    if (path == NULL || (flags & kinds) == 0) return disk->xOpen(disk, path, file, flags, outFlags);
    pthread_mutex_lock(&lock);
    int existed = access(path, F_OK) == 0;
    int code = disk->xOpen(disk, path, under(file), flags, outFlags);
    FaultFile *mine = (FaultFile *)file;
    mine->base.pMethods = under(file)->pMethods == NULL ? NULL : &methods;
    mine->node = NULL;
    mine->syncsFolder = (flags & SQLITE_OPEN_MAIN_DB) == 0 && (flags & SQLITE_OPEN_CREATE) != 0;
    if (code == SQLITE_OK && mode == MODE_POWER) {
        Name *name = name_of(path);
        if (name->now == NULL) {
            name->now = existed ? node_as_found(under(file)) : memory(sizeof(Node));
            if (existed) name->durable = name->now;
        }
        mine->node = name->now;
    }
    pthread_mutex_unlock(&lock);
    return code;
}

static int fault_delete(sqlite3_vfs *vfs, const char *path, int syncsFolder) {
    (void)vfs;
    pthread_mutex_lock(&lock);
    if (!fullDisk && fails(0)) {
        pthread_mutex_unlock(&lock);
        return SQLITE_IOERR_DELETE;
    }
    if (mode == MODE_POWER) {
        int due = is_due();
        if (due && (draw() & 1)) cut();
        for (Name *name = names; name != NULL; name = name->next) {
            if (strcmp(name->path, path) == 0) name->now = NULL;
        }
        if (due) cut();
        if (syncsFolder && !lying) settle_folder();
    }
    int code = disk->xDelete(disk, path, syncsFolder);
    pthread_mutex_unlock(&lock);
    return code;
}

static int remember(sqlite3 *connection, char **message, const sqlite3_api_routines *routines) {
    (void)message;
    (void)routines;
    newest = connection;
    return SQLITE_OK;
}

int32_t laurel_faults_install(void) {
    disk = sqlite3_vfs_find("unix");
    if (disk == NULL) return SQLITE_ERROR;
    // All that has no file is the unix layer's own, and uses nothing of the structure it is given.
    layer = *disk;
    layer.pNext = NULL;
    layer.zName = "laurel-faults";
    layer.szOsFile = (int)sizeof(FaultFile) + disk->szOsFile;
    layer.xOpen = fault_open;
    layer.xDelete = fault_delete;
    int code = sqlite3_vfs_register(&layer, 1);
    if (code != SQLITE_OK) return code;
    return sqlite3_auto_extension((void (*)(void))remember);
}

static void arm(int newMode, uint64_t operation) {
    mode = newMode;
    target = operation;
    counted = failed = 0;
    lying = fullDisk = failsForever = 0;
}

void laurel_faults_arm_power(uint64_t seed, uint64_t operation, int32_t lies) {
    pthread_mutex_lock(&lock);
    arm(MODE_POWER, operation);
    lying = lies != 0;
    randomState = seed;
    pthread_mutex_unlock(&lock);
}

void laurel_faults_arm_error(uint64_t operation, int32_t full, int32_t forever) {
    pthread_mutex_lock(&lock);
    arm(MODE_ERROR, operation);
    fullDisk = full != 0;
    failsForever = forever != 0;
    pthread_mutex_unlock(&lock);
}

void laurel_faults_disarm(void) {
    pthread_mutex_lock(&lock);
    arm(MODE_OFF, 0);
    pthread_mutex_unlock(&lock);
}

uint64_t laurel_faults_operations(void) {
    pthread_mutex_lock(&lock);
    uint64_t count = counted;
    pthread_mutex_unlock(&lock);
    return count;
}

uint64_t laurel_faults_failures(void) {
    pthread_mutex_lock(&lock);
    uint64_t count = failed;
    pthread_mutex_unlock(&lock);
    return count;
}

int32_t laurel_faults_checkpoint_after(int32_t pages) {
    return newest == NULL ? SQLITE_MISUSE : sqlite3_wal_autocheckpoint(newest, pages);
}
