// The innermost loop of counting: sheets of judges added up column by column.
#ifndef LAUREL_COLUMNS_H
#define LAUREL_COLUMNS_H

#include <stdint.h>

// What becomes of the columns: for each, a multiplier, masks (all ones or zero) that say whether the
// greatest and the least mark are dropped, and how far the judges may differ.
typedef struct {
    const int32_t *multiplier;
    const int32_t *drop_greatest;
    const int32_t *drop_least;
    const int32_t *spread;
} laurel_columns;

// Neighbouring columns of many rows: how far rows and the sheets of one row's judges lie apart.
typedef struct {
    int64_t rows, row_stride;
    int64_t judges, judge_stride;
    int64_t count;
} laurel_block;

// Adds to each row's sum, over `count` columns, multiplier × (the judges' marks added up, less what is
// dropped). A row's flag is cleared where its least mark is not above `words`, or where the judges of
// some column differ by more than its spread. Column sums must fit in 32 bits.
void laurel_weigh_rows(const int32_t *sheets, laurel_block block, laurel_columns columns,
                       int32_t words, int64_t *sums, uint8_t *flags);

#endif
