#include "columns.h"

#if defined(__has_feature)
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif

// One body for all machines; on x86-64 the loader picks the widest form that the machine has. It picks
// before a sanitizer is ready, so under one there is the plain form only.
#if defined(__x86_64__) && defined(__linux__) && !defined(SANITIZED)
#define WIDEST __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define WIDEST
#endif

enum { LANES = 16 };

// What a row came to so far, lane by lane.
typedef struct {
    uint64_t total[LANES];
    int32_t least[LANES], wide[LANES];
} row_lanes;

// Columns `first` to `first + lanes` of one row. A row of words adds up to nonsense, which its flag
// says; the sums are unsigned, so that they may wrap.
static inline __attribute__((always_inline)) void
weigh(const int32_t *restrict sheets, int64_t stride, int64_t judges, int64_t lanes, int64_t first,
      const laurel_columns *columns, row_lanes *restrict row) {
    int32_t sum[LANES], least[LANES], greatest[LANES];
    for (int64_t k = 0; k < lanes; k++)
        sum[k] = least[k] = greatest[k] = sheets[first + k];
    for (int64_t judge = 1; judge < judges; judge++) {
        const int32_t *restrict sheet = sheets + judge * stride + first;
        for (int64_t k = 0; k < lanes; k++) {
            int32_t mark = sheet[k];
            sum[k] = (int32_t)((uint32_t)sum[k] + (uint32_t)mark);
            least[k] = mark < least[k] ? mark : least[k];
            greatest[k] = mark > greatest[k] ? mark : greatest[k];
        }
    }
    for (int64_t k = 0; k < lanes; k++) {
        uint32_t dropped = (uint32_t)(greatest[k] & columns->drop_greatest[first + k]) +
                           (uint32_t)(least[k] & columns->drop_least[first + k]);
        int32_t kept = (int32_t)((uint32_t)sum[k] - dropped);
        row->total[k] += (uint64_t)((int64_t)kept * columns->multiplier[first + k]);
        row->least[k] = least[k] < row->least[k] ? least[k] : row->least[k];
        uint32_t apart = (uint32_t)greatest[k] - (uint32_t)least[k];
        row->wide[k] |= apart > (uint32_t)columns->spread[first + k];
    }
}

WIDEST void laurel_weigh_rows(const int32_t *sheets, laurel_block block, laurel_columns columns,
                              int32_t words, int64_t *sums, uint8_t *flags) {
    for (int64_t at = 0; at < block.rows; at++) {
        const int32_t *cells = sheets + at * block.row_stride;
        row_lanes row;
        for (int k = 0; k < LANES; k++) {
            row.total[k] = 0;
            row.least[k] = INT32_MAX;
            row.wide[k] = 0;
        }
        int64_t first = 0;
        for (; first + LANES <= block.count; first += LANES)
            weigh(cells, block.judge_stride, block.judges, LANES, first, &columns, &row);
        for (; first + LANES / 2 <= block.count; first += LANES / 2)
            weigh(cells, block.judge_stride, block.judges, LANES / 2, first, &columns, &row);
        for (; first < block.count; first++)
            weigh(cells, block.judge_stride, block.judges, 1, first, &columns, &row);
        uint64_t total = (uint64_t)sums[at];
        int32_t least = INT32_MAX, wide = 0;
        for (int k = 0; k < LANES; k++) {
            total += row.total[k];
            least = row.least[k] < least ? row.least[k] : least;
            wide |= row.wide[k];
        }
        sums[at] = (int64_t)total;
        flags[at] &= least > words && !wide;
    }
}
