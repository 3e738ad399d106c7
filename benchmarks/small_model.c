/* The small model of docs/small-model.md in plain C: small_model SHOPPERS DAYS SEED THREADS prints JSON. */

#include <inttypes.h>
#include <omp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { MONTH = 30, DUE_DAYS = 9, REVIEW_STATEMENTS = 6, CUT_ABOVE_DPD = 10 };
enum { HUNDRED_YUAN = 10000, MAX_LIMIT = 5000000, CHANCE = 10923, LEAST_BASKET = 1000, LATE_PPM = 500 };

typedef struct {
    uint32_t key;
    int32_t pay_day, statement_day, attention;
    int64_t income, living;
    int64_t cash, limit, unbilled, billed, minimum;
    int64_t bought, paid, fees;
    int32_t due, statements, dpd, worst_dpd, streak, late_days, raises, cuts;
} Shopper;

static inline uint32_t mixed(uint32_t word) {
    word = (word ^ (word >> 16)) * 0x21F0AAADu;
    word = (word ^ (word >> 15)) * 0x735A2D97u;
    return word ^ (word >> 15);
}

static inline uint32_t draw(uint32_t key, int32_t number) {
    return mixed(key + (uint32_t)number * 0x61C88647u);
}

static inline int64_t below(uint32_t drawn, uint64_t count) {
    return (int64_t)(drawn * count >> 32);
}

static Shopper arrived(uint32_t seed, uint32_t number) {
    Shopper s = {.key = mixed(mixed(seed) + number), .due = -1};
    s.income = 300000 + below(draw(s.key, -1), 1200001);
    s.pay_day = (int32_t)below(draw(s.key, -2), MONTH);
    s.statement_day = (int32_t)below(draw(s.key, -3), MONTH);
    s.attention = (int32_t)(39322 + below(draw(s.key, -4), 26215));
    s.living = s.income * (40 + below(draw(s.key, -5), 41)) / 3000;
    s.limit = s.income / 2 / HUNDRED_YUAN * HUNDRED_YUAN;
    s.cash = s.income / 2;
    return s;
}

static inline void buy(Shopper *s, uint32_t drawn) {
    int64_t amount = LEAST_BASKET + ((int64_t)(drawn >> 16) * (s->income / 6) >> 16);
    if (s->unbilled + s->billed + amount <= s->limit) {
        s->unbilled += amount;
        s->bought += amount;
    }
}

static inline void bill(Shopper *s, int32_t day) {
    s->billed += s->unbilled;
    s->unbilled = 0;
    s->minimum += (s->billed - s->minimum) / 10;
    s->due = day + DUE_DAYS;
    s->statements++;
}

static inline void pay(Shopper *s) {
    int64_t amount = s->cash >= s->billed ? s->billed : s->minimum;
    if (s->cash >= amount) {
        s->cash -= amount;
        s->billed -= amount;
        s->paid += amount;
        s->minimum = 0;
    }
}

static inline void grow_late(Shopper *s) {
    int64_t fee = s->minimum * LATE_PPM / 1000000;
    s->dpd++;
    s->late_days++;
    if (s->dpd > s->worst_dpd) s->worst_dpd = s->dpd;
    s->billed += fee;
    s->minimum += fee;
    s->fees += fee;
}

static inline void review(Shopper *s) {
    if (s->worst_dpd > CUT_ABOVE_DPD) {
        s->limit = s->limit / 2 / HUNDRED_YUAN * HUNDRED_YUAN;
        s->cuts++;
    } else if (s->streak >= REVIEW_STATEMENTS) {
        int64_t raised = s->limit * 6 / 5 / HUNDRED_YUAN * HUNDRED_YUAN;
        s->limit = raised < MAX_LIMIT ? raised : MAX_LIMIT;
        s->raises++;
    }
    s->worst_dpd = 0;
}

static inline void live(Shopper *s, int32_t day, int32_t month_day) {
    if (month_day == s->pay_day) s->cash += s->income;
    s->cash = s->cash > s->living ? s->cash - s->living : 0;

    uint32_t drawn = draw(s->key, day);
    if (s->dpd == 0 && (drawn & 0xFFFF) < CHANCE) buy(s, drawn);
    if (month_day == s->statement_day) bill(s, day);

    bool due = day == s->due;
    if (!due && s->dpd == 0) return;
    int32_t attention = due ? s->attention : s->attention / 4;
    if (s->billed > 0 && (int32_t)(mixed(drawn + 1) & 0xFFFF) < attention) pay(s);
    if (s->minimum > 0) grow_late(s);
    else s->dpd = 0;
    if (due) {
        s->streak = s->minimum == 0 ? s->streak + 1 : 0;
        if (s->statements % REVIEW_STATEMENTS == 0) review(s);
    }
}

static uint32_t checksum(const Shopper *s) {
    const int64_t values[] = {s->cash, s->limit, s->unbilled, s->billed, s->minimum, s->dpd, s->streak,
                              s->bought, s->paid, s->fees, s->late_days, s->raises, s->cuts};
    uint32_t word = s->key;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) word = mixed(word ^ (uint32_t)values[i]);
    return word;
}

static void print(const Shopper *shoppers, int64_t count, double seconds) {
    uint64_t sum = 0;
    int64_t bought = 0, paid = 0, fees = 0, late_days = 0, raises = 0, cuts = 0;
    for (int64_t i = 0; i < count; i++) {
        const Shopper *s = shoppers + i;
        sum += checksum(s);
        bought += s->bought, paid += s->paid, fees += s->fees;
        late_days += s->late_days, raises += s->raises, cuts += s->cuts;
    }
    printf("{\"checksum\": %" PRIu64 ", \"bought_fen\": %" PRId64 ", \"paid_fen\": %" PRId64
           ", \"fees_fen\": %" PRId64 ", \"late_days\": %" PRId64 ", \"raises\": %" PRId64 ", \"cuts\": %" PRId64
           ", \"seconds\": %.6f}\n", sum, bought, paid, fees, late_days, raises, cuts, seconds);
}

int main(int argc, char **argv) {
    if (argc != 5) {
        fprintf(stderr, "usage: small_model SHOPPERS DAYS SEED THREADS\n");
        return 2;
    }
    int64_t count = atoll(argv[1]);
    int32_t days = atoi(argv[2]);
    uint32_t seed = (uint32_t)strtoul(argv[3], NULL, 10);
    omp_set_num_threads(atoi(argv[4]));

    Shopper *shoppers = malloc((size_t)count * sizeof *shoppers);
    if (!shoppers) {
        fprintf(stderr, "not enough memory for %" PRId64 " shoppers\n", count);
        return 1;
    }
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < count; i++) shoppers[i] = arrived(seed, (uint32_t)i);

    double began = omp_get_wtime();
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < count; i++) {
        Shopper s = shoppers[i];
        for (int32_t day = 0, month_day = 0; day < days; day++) {
            live(&s, day, month_day);
            if (++month_day == MONTH) month_day = 0;
        }
        shoppers[i] = s;
    }
    double seconds = omp_get_wtime() - began;
    print(shoppers, count, seconds);
    free(shoppers);
    return 0;
}
