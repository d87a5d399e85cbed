// `test:toolbox/compute`: points, samples and shapes. What is given belongs to the guest, which hands it on or frees it.
#include <math.h>
#include <string.h>

#include "text.h"

typedef exports_test_toolbox_compute_point_t point_t;
typedef exports_test_toolbox_compute_list_point_t points_t;
typedef exports_test_toolbox_compute_sample_t sample_t;
typedef exports_test_toolbox_compute_list_sample_t samples_t;
typedef exports_test_toolbox_compute_failure_t failure_t;
typedef exports_test_toolbox_compute_shape_t shape_t;

static const double PI = 3.141592653589793;

bool exports_test_toolbox_compute_centroid(points_t *points, point_t *ret) {
  if (points->len == 0) return false;
  point_t sum = {0, 0};
  for (size_t i = 0; i < points->len; i++) {
    sum.x += points->ptr[i].x;
    sum.y += points->ptr[i].y;
  }
  *ret = (point_t){sum.x / (double)points->len, sum.y / (double)points->len};
  exports_test_toolbox_compute_list_point_free(points);
  return true;
}

// Makes a sample of the list one that owns nothing, so that it can be freed with the list.
static sample_t take(sample_t *sample) {
  sample_t taken = *sample;
  *sample = (sample_t){0};
  return taken;
}

bool exports_test_toolbox_compute_heaviest(samples_t *samples, sample_t *ret) {
  if (samples->len == 0) return false;
  sample_t *best = samples->ptr;
  for (size_t i = 1; i < samples->len; i++) {
    if (samples->ptr[i].weight > best->weight) best = &samples->ptr[i];
  }
  *ret = take(best);
  exports_test_toolbox_compute_list_sample_free(samples);
  return true;
}

// Moves the text between the spaces to the beginning of its memory.
static void trim(toolbox_string_t *text) {
  size_t start = 0, end = text->len;
  while (start < end && text->ptr[start] == ' ') start++;
  while (end > start && text->ptr[end - 1] == ' ') end--;
  if (start == end) {
    // What is empty has no memory.
    toolbox_string_free(text);
    return;
  }
  memmove(text->ptr, text->ptr + start, end - start);
  text->len = end - start;
}

bool exports_test_toolbox_compute_clean(samples_t *samples, samples_t *ret, failure_t *err) {
  size_t kept = 0, bad = samples->len;
  for (size_t i = samples->len; i-- > 0;) {
    const double weight = samples->ptr[i].weight;
    if (!isfinite(weight) || weight < 0) bad = i;
    kept += weight != 0;
  }
  if (bad < samples->len) {
    err->tag = EXPORTS_TEST_TOOLBOX_COMPUTE_FAILURE_BAD_SAMPLE;
    err->val.bad_sample = samples->ptr[bad].id;
  } else if (kept == 0) {
    err->tag = EXPORTS_TEST_TOOLBOX_COMPUTE_FAILURE_EMPTY;
  } else {
    *ret = (samples_t){allocate(kept * sizeof *ret->ptr), 0};
    for (size_t i = 0; i < samples->len; i++) {
      if (samples->ptr[i].weight == 0) continue;
      sample_t *sample = &ret->ptr[ret->len++];
      *sample = take(&samples->ptr[i]);
      trim(&sample->label);
      if (sample->note.val.len == 0) sample->note.is_some = false;
    }
  }
  exports_test_toolbox_compute_list_sample_free(samples);
  return bad == samples->len && kept > 0;
}

exports_test_toolbox_compute_kind_t exports_test_toolbox_compute_classify(sample_t *sample) {
  const double weight = sample->weight;
  exports_test_toolbox_compute_sample_free(sample);
  if (weight >= 0.75) return EXPORTS_TEST_TOOLBOX_COMPUTE_KIND_HEAVY;
  if (weight >= 0.25) return EXPORTS_TEST_TOOLBOX_COMPUTE_KIND_REGULAR;
  return EXPORTS_TEST_TOOLBOX_COMPUTE_KIND_LIGHT;
}

static double polygon_area(points_t corners) {
  double sum = 0;
  for (size_t i = 0; i < corners.len; i++) {
    const point_t a = corners.ptr[i], b = corners.ptr[(i + 1) % corners.len];
    sum += a.x * b.y - b.x * a.y;
  }
  return fabs(sum / 2);
}

bool exports_test_toolbox_compute_area(shape_t *shape, double *ret, toolbox_string_t *err) {
  toolbox_string_t reason[2] = {{0}, {0}};
  switch (shape->tag) {
    case EXPORTS_TEST_TOOLBOX_COMPUTE_SHAPE_DOT:
      *ret = 0;
      break;
    case EXPORTS_TEST_TOOLBOX_COMPUTE_SHAPE_CIRCLE:
      *ret = PI * (shape->val.circle * shape->val.circle);
      if (shape->val.circle < 0) reason[0] = literal("negative radius");
      break;
    case EXPORTS_TEST_TOOLBOX_COMPUTE_SHAPE_POLYGON:
      if (shape->val.polygon.len < 3) reason[0] = literal("a polygon has at least 3 corners");
      else *ret = polygon_area(shape->val.polygon);
      break;
    case EXPORTS_TEST_TOOLBOX_COMPUTE_SHAPE_NAMED: {
      const toolbox_string_t known = literal("unit-square"), name = shape->val.named;
      *ret = 1;
      if (name.len == known.len && memcmp(name.ptr, known.ptr, name.len) == 0) break;
      reason[0] = literal("unknown shape: ");
      reason[1] = name;
      break;
    }
  }
  const bool known = reason[0].len == 0;
  if (!known) *err = concat(reason, 2);
  exports_test_toolbox_compute_shape_free(shape);
  return known;
}
