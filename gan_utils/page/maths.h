/* Functions without a library, all without branches, so that loops over them become
   vectors. Polynomials: Cephes (S. Moshier) for exp, log, sin, cos, tanh; erf_inv: M.
   Giles, "Approximating the erfinv function", 2010, as XLA uses it. */
#include <stdint.h>
#define NAN __builtin_nanf("")
#define INFINITY __builtin_inff()
#define FN static inline __attribute__((always_inline))

FN float as_f(uint32_t u) { union { uint32_t u; float f; } v = {.u = u}; return v.f; }
FN uint32_t as_u(float f) { union { float f; uint32_t u; } v = {.f = f}; return v.u; }

FN float f_exp(float a) {
  float x = a > 88.722839f ? 88.722839f : a;
  x = x < -87.336544f ? -87.336544f : x;
  float k = __builtin_floorf(x * 1.44269504088896341f + 0.5f);
  float r = x - k * 0.693359375f - k * -2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1.0f;
  int32_t n = (int32_t)k;
  int32_t half = n >> 1;
  float y = p * as_f((uint32_t)(half + 127) << 23) * as_f((uint32_t)(n - half + 127) << 23);
  y = a > 88.722839f ? INFINITY : y;
  y = a < -103.97f ? 0.0f : y;
  return a == a ? y : a;
}

FN float f_log(float a) {
  float tiny = a < 1.17549435e-38f ? 8388608.0f : 1.0f;
  uint32_t bits = as_u(a * tiny);
  int32_t e = (int32_t)(bits >> 23) - 126 - (tiny > 1.0f ? 23 : 0);
  float x = as_f((bits & 0x007fffffu) | 0x3f000000u);
  int low = x < 0.707106781186547524f;
  e = low ? e - 1 : e;
  x = low ? x + x - 1.0f : x - 1.0f;
  float z = x * x, k = (float)e;
  float y = 7.0376836292e-2f;
  y = y * x - 1.1514610310e-1f;
  y = y * x + 1.1676998740e-1f;
  y = y * x - 1.2420140846e-1f;
  y = y * x + 1.4249322787e-1f;
  y = y * x - 1.6668057665e-1f;
  y = y * x + 2.0000714765e-1f;
  y = y * x - 2.4999993993e-1f;
  y = y * x + 3.3333331174e-1f;
  y = y * x * z - 2.12194440e-4f * k - 0.5f * z;
  float r = x + y + 0.693359375f * k;
  r = a == INFINITY ? INFINITY : r;
  r = a == 0.0f ? -INFINITY : r;
  return a >= 0.0f ? r : NAN;
}

FN float f_log1p(float x) { /* Kahan */
  float u = 1.0f + x;
  float r = f_log(u) * (x / (u - 1.0f));
  r = u == 1.0f ? x : r;
  return u == INFINITY ? INFINITY : r;
}

FN float f_expm1(float x) {
  float u = f_exp(x);
  float y = (u - 1.0f) * (x / f_log(u));
  float z = x + 0.5f * x * x;
  y = __builtin_fabsf(x) < 1e-3f ? z + x * x * x * 0.16666667f : y;
  y = u > 1e30f ? u : y;
  return x < -17.0f ? -1.0f : y;
}

FN float f_tanh(float a) {
  float x = __builtin_fabsf(a), z = x * x;
  float p = -5.70498872745e-3f;
  p = p * z + 2.06390887954e-2f;
  p = p * z - 5.37397155531e-2f;
  p = p * z + 1.33314422036e-1f;
  p = p * z - 3.33332819422e-1f;
  float small = p * z * x + x;
  float big = 1.0f - 2.0f / (f_exp(x + x) + 1.0f);
  float r = x < 0.625f ? small : big;
  r = a < 0.0f ? -r : r;
  return a == a ? r : a;
}

FN float f_logistic(float x) { return 1.0f / (1.0f + f_exp(-x)); }

FN float f_wave(float a, int cosine) {
  float x = __builtin_fabsf(a);
  float k = __builtin_floorf(x * 1.27323954473516f);
  int32_t j = (int32_t)k;
  k = (j & 1) ? k + 1.0f : k;
  j = (j + (j & 1)) & 7;
  float r = ((x - k * 0.78515625f) - k * 2.4187564849853515625e-4f) -
            k * 3.77489497744594108e-8f;
  float z = r * r;
  float c = 2.443315711809948e-5f * z - 1.388731625493765e-3f;
  c = (c * z + 4.166664568298827e-2f) * z * z - 0.5f * z + 1.0f;
  float s = -1.9515295891e-4f * z + 8.3321608736e-3f;
  s = (s * z - 1.6666654611e-1f) * z * r + r;
  int other = (j == 2) | (j == 6);
  float y = cosine ? (other ? s : c) : (other ? c : s);
  int down = cosine ? ((j == 2) | (j == 4)) : (j > 3);
  y = down ? -y : y;
  y = !cosine && a < 0.0f ? -y : y;
  return x < INFINITY ? y : NAN;
}
FN float f_sin(float a) { return f_wave(a, 0); }
FN float f_cos(float a) { return f_wave(a, 1); }

FN float f_erf_inv(float x) {
  float w = -f_log(1.0f - x * x); /* the difference is exact where digits count */
  float a = w - 2.5f, b = __builtin_sqrtf(w) - 3.0f;
  float p = 2.81022636e-08f;
  p = p * a + 3.43273939e-07f;
  p = p * a - 3.5233877e-06f;
  p = p * a - 4.39150654e-06f;
  p = p * a + 0.00021858087f;
  p = p * a - 0.00125372503f;
  p = p * a - 0.00417768164f;
  p = p * a + 0.246640727f;
  p = p * a + 1.50140941f;
  float q = -0.000200214257f;
  q = q * b + 0.000100950558f;
  q = q * b + 0.00134934322f;
  q = q * b - 0.00367342844f;
  q = q * b + 0.00573950773f;
  q = q * b - 0.0076224613f;
  q = q * b + 0.00943887047f;
  q = q * b + 1.00167406f;
  q = q * b + 2.83297682f;
  float r = (w < 5.0f ? p : q) * x;
  return __builtin_fabsf(x) == 1.0f ? x * INFINITY : r;
}

FN float f_erf(float a) {
  float x = __builtin_fabsf(a), z = a * a;
  float p = 7.853861353153693e-5f;
  p = p * z - 8.010193625184903e-4f;
  p = p * z + 5.188327685732524e-3f;
  p = p * z - 2.685381193529856e-2f;
  p = p * z + 1.128358514861418e-1f;
  p = p * z - 3.761262582423300e-1f;
  p = p * z + 1.128379165726710e+0f;
  float small = a * p;
  float q = 1.0f / x, y = q * q;
  float r = 2.326819970068386e-2f;
  r = r * y - 1.387039388740657e-1f;
  r = r * y + 3.687424674597105e-1f;
  r = r * y - 5.824733027278666e-1f;
  r = r * y + 6.210004621745983e-1f;
  r = r * y - 4.944515323274145e-1f;
  r = r * y + 3.404879937665872e-1f;
  r = r * y - 2.741127028184656e-1f;
  r = r * y + 5.638259427386472e-1f;
  float t = -1.047766399936249e+1f;
  t = t * y + 1.297719955372516e+1f;
  t = t * y - 7.495518717768503e+0f;
  t = t * y + 2.921019019210786e+0f;
  t = t * y - 1.015265279202700e+0f;
  t = t * y + 4.218463358204948e-1f;
  t = t * y - 2.820767439740514e-1f;
  t = t * y + 5.641895067754075e-1f;
  float big = 1.0f - f_exp(-z) * q * (x < 2.0f ? r : t);
  big = x > 4.0f ? 1.0f : big;
  big = a < 0.0f ? -big : big;
  return x < 1.0f ? small : big;
}

/* Powers in double: one minus a power close to 1 must keep its digits. */
FN double d_exp(double x) {
  double k = __builtin_floor(x * 1.4426950408889634 + 0.5);
  double r = x - k * 0.693145751953125 - k * 1.42860682030941723212e-6;
  double p = 1.0;
  for (int n = 13; n > 0; n--) p = 1.0 + r * p / n;
  union { uint64_t u; double d; } two = {.u = (uint64_t)((int64_t)k + 1023) << 52};
  return p * two.d;
}
FN double d_log(double x) {
  union { double d; uint64_t u; } v = {.d = x};
  int32_t e = (int32_t)(v.u >> 52) - 1022;
  v.u = (v.u & 0x000fffffffffffffull) | 0x3fe0000000000000ull;
  double m = v.d;
  if (m < 0.7071067811865476) { m += m; e -= 1; }
  double t = (m - 1.0) / (m + 1.0), z = t * t, p = 0.0;
  for (int n = 23; n > 0; n -= 2) p = p * z + 1.0 / n;
  return 2.0 * t * p + e * 0.6931471805599453;
}
FN float f_powi(float x, int32_t n) {
  uint32_t left = n < 0 ? 0u - (uint32_t)n : (uint32_t)n;
  double r = 1.0, b = x;
  for (; left; left >>= 1, b *= b) if (left & 1u) r *= b;
  return (float)(n < 0 ? 1.0 / r : r);
}
FN float f_pow(float x, float y) {
  if (y == 0.0f || x == 1.0f) return 1.0f;
  if (x != x || y != y) return NAN;
  float whole = __builtin_floorf(y), m = __builtin_fabsf(x);
  int odd = whole == y && m < 3e38f && __builtin_fabsf(y) < 2e9f && ((int32_t)whole & 1);
  if (m == 0.0f || m == INFINITY) {
    float r = (m == 0.0f) == (y > 0.0f) ? 0.0f : INFINITY;
    return odd && x < 0.0f ? -r : r;
  }
  if (x < 0.0f && whole != y) return NAN;
  double l = y * d_log(m);
  float r = l > 89.0 ? INFINITY : (l < -104.0 ? 0.0f : (float)d_exp(l));
  return odd && x < 0.0f ? -r : r;
}
FN float f_sign(float x) { return x > 0.0f ? 1.0f : (x < 0.0f ? -1.0f : x); }
FN float f_max(float a, float b) { return a != a ? a : (b != b ? b : (a > b ? a : b)); }
FN float f_min(float a, float b) { return a != a ? a : (b != b ? b : (a < b ? a : b)); }
FN float f_next(float x, float y) { /* the next number from x towards y */
  uint32_t u = as_u(x);
  uint32_t v = (x < y) == (x > 0.0f) ? u + 1u : u - 1u;
  float r = x == 0.0f ? as_f((as_u(y) & 0x80000000u) | 1u) : as_f(v);
  return x != x || y != y ? NAN : (x == y ? y : r);
}
FN float f_round_even(float x) { return __builtin_rintf(x); }
FN float f_round(float x) {
  float r = __builtin_floorf(__builtin_fabsf(x) + 0.5f);
  return x < 0.0f ? -r : r;
}
FN float f_rem(float a, float b) { return a - b * __builtin_truncf(a / b); }
FN int32_t f_to_i(float x) { /* as XLA: out of range goes to the ends, NaN to 0 */
  float y = x > 2147483520.0f ? 2147483520.0f : (x < -2147483648.0f ? -2147483648.0f : x);
  int32_t r = (int32_t)(y == y ? y : 0.0f);
  return x >= 2147483648.0f ? 2147483647 : r;
}
FN uint32_t f_to_u(float x) {
  float y = x > 4294967040.0f ? 4294967040.0f : (x < 0.0f ? 0.0f : x);
  uint32_t r = (uint32_t)(y == y ? y : 0.0f);
  return x >= 4294967296.0f ? 4294967295u : r;
}
FN int32_t i_div(int32_t a, int32_t b) { return b ? a / b : -1; }
FN int32_t i_rem(int32_t a, int32_t b) { return b ? a % b : a; }
FN uint32_t u_div(uint32_t a, uint32_t b) { return b ? a / b : 0xffffffffu; }
FN uint32_t u_rem(uint32_t a, uint32_t b) { return b ? a % b : a; }
FN int32_t i_clamp(int32_t x, int32_t low, int32_t high) {
  return x < low ? low : (x > high ? high : x);
}

/* threefry-2x32, twenty rounds (Salmon et al., 2011): word 0, word 1, or both mixed */
#define ROUND(r) x0 += x1; x1 = (x1 << r) | (x1 >> (32 - r)); x1 ^= x0;
#define FOUR(a, b, c, d) ROUND(a) ROUND(b) ROUND(c) ROUND(d)
#define THREEFRY(k0, k1, c0, c1)                                             \
  uint32_t k2 = (k0) ^ (k1) ^ 0x1BD11BDAu, x0 = (c0) + (k0), x1 = (c1) + (k1); \
  FOUR(13, 15, 26, 6) x0 += (k1); x1 += k2 + 1u;                             \
  FOUR(17, 29, 16, 24) x0 += k2; x1 += (k0) + 2u;                            \
  FOUR(13, 15, 26, 6) x0 += (k0); x1 += (k1) + 3u;                           \
  FOUR(17, 29, 16, 24) x0 += (k1); x1 += k2 + 4u;                            \
  FOUR(13, 15, 26, 6) x0 += k2; x1 += (k0) + 5u;
FN uint32_t threefry_0(uint32_t k0, uint32_t k1, uint32_t c0, uint32_t c1) {
  THREEFRY(k0, k1, c0, c1) return x0;
}
FN uint32_t threefry_1(uint32_t k0, uint32_t k1, uint32_t c0, uint32_t c1) {
  THREEFRY(k0, k1, c0, c1) return x1;
}
FN uint32_t threefry_mixed(uint32_t k0, uint32_t k1, uint32_t c0, uint32_t c1) {
  THREEFRY(k0, k1, c0, c1) return x0 ^ x1;
}
