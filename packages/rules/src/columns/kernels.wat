;; What the columns do by hand, sixteen rows and more at a time. A plane holds one bit for each row.
;; Every loop ends when the plane it writes reaches $end; addresses are of a row that is a multiple of 128.
;; kernels-bytes.ts is what this assembles to; a test holds the two together.
(module
  (import "columns" "memory" (memory 1))

  ;; — conditions with one bound, the most frequent: true where the value is above it and known. Thirty-two rows at a time. —

  (func $above8 (param $column i32) (param $known i32) (param $true i32) (param $false i32) (param $end i32) (param $bound i32)
    (local $line v128) (local $k i32) (local $m i32)
    (local.set $line (i8x16.splat (local.get $bound)))
    (loop $next
      (local.set $k (i32.load (local.get $known)))
      (local.set $m (i32.and (local.get $k) (i32.or
        (i8x16.bitmask (i8x16.gt_s (v128.load (local.get $column)) (local.get $line)))
        (i32.shl (i8x16.bitmask (i8x16.gt_s (v128.load offset=16 (local.get $column)) (local.get $line))) (i32.const 16)))))
      (i32.store (local.get $true) (local.get $m))
      (i32.store (local.get $false) (i32.xor (local.get $k) (local.get $m)))
      (local.set $column (i32.add (local.get $column) (i32.const 32)))
      (local.set $known (i32.add (local.get $known) (i32.const 4)))
      (local.set $false (i32.add (local.get $false) (i32.const 4)))
      (br_if $next (i32.lt_u (local.tee $true (i32.add (local.get $true) (i32.const 4))) (local.get $end)))))

  (func $above16 (param $column i32) (param $known i32) (param $true i32) (param $false i32) (param $end i32) (param $bound i32)
    (local $line v128) (local $k i32) (local $m i32)
    (local.set $line (i16x8.splat (local.get $bound)))
    (loop $next
      (local.set $k (i32.load (local.get $known)))
      (local.set $m (i32.and (local.get $k) (i32.or
        (i8x16.bitmask (i8x16.narrow_i16x8_s
        (i16x8.gt_s (v128.load (local.get $column)) (local.get $line))
        (i16x8.gt_s (v128.load offset=16 (local.get $column)) (local.get $line))))
        (i32.shl (i8x16.bitmask (i8x16.narrow_i16x8_s
        (i16x8.gt_s (v128.load offset=32 (local.get $column)) (local.get $line))
        (i16x8.gt_s (v128.load offset=48 (local.get $column)) (local.get $line)))) (i32.const 16)))))
      (i32.store (local.get $true) (local.get $m))
      (i32.store (local.get $false) (i32.xor (local.get $k) (local.get $m)))
      (local.set $column (i32.add (local.get $column) (i32.const 64)))
      (local.set $known (i32.add (local.get $known) (i32.const 4)))
      (local.set $false (i32.add (local.get $false) (i32.const 4)))
      (br_if $next (i32.lt_u (local.tee $true (i32.add (local.get $true) (i32.const 4))) (local.get $end)))))

  (func $above32 (param $column i32) (param $known i32) (param $true i32) (param $false i32) (param $end i32) (param $bound i32)
    (local $line v128) (local $k i32) (local $m i32)
    (local.set $line (i32x4.splat (local.get $bound)))
    (loop $next
      (local.set $k (i32.load (local.get $known)))
      (local.set $m (i32.and (local.get $k) (i32.or
        (i8x16.bitmask (i8x16.narrow_i16x8_s
        (i16x8.narrow_i32x4_s (i32x4.gt_s (v128.load (local.get $column)) (local.get $line)) (i32x4.gt_s (v128.load offset=16 (local.get $column)) (local.get $line)))
        (i16x8.narrow_i32x4_s (i32x4.gt_s (v128.load offset=32 (local.get $column)) (local.get $line)) (i32x4.gt_s (v128.load offset=48 (local.get $column)) (local.get $line)))))
        (i32.shl (i8x16.bitmask (i8x16.narrow_i16x8_s
        (i16x8.narrow_i32x4_s (i32x4.gt_s (v128.load offset=64 (local.get $column)) (local.get $line)) (i32x4.gt_s (v128.load offset=80 (local.get $column)) (local.get $line)))
        (i16x8.narrow_i32x4_s (i32x4.gt_s (v128.load offset=96 (local.get $column)) (local.get $line)) (i32x4.gt_s (v128.load offset=112 (local.get $column)) (local.get $line))))) (i32.const 16)))))
      (i32.store (local.get $true) (local.get $m))
      (i32.store (local.get $false) (i32.xor (local.get $k) (local.get $m)))
      (local.set $column (i32.add (local.get $column) (i32.const 128)))
      (local.set $known (i32.add (local.get $known) (i32.const 4)))
      (local.set $false (i32.add (local.get $false) (i32.const 4)))
      (br_if $next (i32.lt_u (local.tee $true (i32.add (local.get $true) (i32.const 4))) (local.get $end)))))

  (func $above64 (param $column i32) (param $known i32) (param $true i32) (param $false i32) (param $end i32) (param $bound f64)
    (local $line v128) (local $k i32) (local $m i32)
    (local.set $line (f64x2.splat (local.get $bound)))
    (loop $next
      (local.set $k (i32.load (local.get $known)))
      (local.set $m (i32.and (local.get $k) (i32.or
        (i8x16.bitmask (i8x16.narrow_i16x8_s
        (i16x8.narrow_i32x4_s
          (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (f64x2.gt (v128.load (local.get $column)) (local.get $line)) (f64x2.gt (v128.load offset=16 (local.get $column)) (local.get $line)))
          (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (f64x2.gt (v128.load offset=32 (local.get $column)) (local.get $line)) (f64x2.gt (v128.load offset=48 (local.get $column)) (local.get $line))))
        (i16x8.narrow_i32x4_s
          (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (f64x2.gt (v128.load offset=64 (local.get $column)) (local.get $line)) (f64x2.gt (v128.load offset=80 (local.get $column)) (local.get $line)))
          (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (f64x2.gt (v128.load offset=96 (local.get $column)) (local.get $line)) (f64x2.gt (v128.load offset=112 (local.get $column)) (local.get $line))))))
        (i32.shl (i8x16.bitmask (i8x16.narrow_i16x8_s
        (i16x8.narrow_i32x4_s
          (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (f64x2.gt (v128.load offset=128 (local.get $column)) (local.get $line)) (f64x2.gt (v128.load offset=144 (local.get $column)) (local.get $line)))
          (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (f64x2.gt (v128.load offset=160 (local.get $column)) (local.get $line)) (f64x2.gt (v128.load offset=176 (local.get $column)) (local.get $line))))
        (i16x8.narrow_i32x4_s
          (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (f64x2.gt (v128.load offset=192 (local.get $column)) (local.get $line)) (f64x2.gt (v128.load offset=208 (local.get $column)) (local.get $line)))
          (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (f64x2.gt (v128.load offset=224 (local.get $column)) (local.get $line)) (f64x2.gt (v128.load offset=240 (local.get $column)) (local.get $line)))))) (i32.const 16)))))
      (i32.store (local.get $true) (local.get $m))
      (i32.store (local.get $false) (i32.xor (local.get $k) (local.get $m)))
      (local.set $column (i32.add (local.get $column) (i32.const 256)))
      (local.set $known (i32.add (local.get $known) (i32.const 4)))
      (local.set $false (i32.add (local.get $false) (i32.const 4)))
      (br_if $next (i32.lt_u (local.tee $true (i32.add (local.get $true) (i32.const 4))) (local.get $end)))))

  ;; — conditions with two bounds: true where the value lies within [low, high] and is known —

  (func $within8 (param $column i32) (param $known i32) (param $true i32) (param $false i32) (param $end i32) (param $low i32) (param $high i32)
    (local $from v128) (local $width v128) (local $k i32) (local $m i32)
    (local.set $from (i8x16.splat (local.get $low)))
    (local.set $width (i8x16.splat (i32.sub (local.get $high) (local.get $low))))
    (loop $next
      (local.set $k (i32.load16_u (local.get $known)))
      (local.set $m (i32.and (local.get $k)
        (i8x16.bitmask (i8x16.le_u (i8x16.sub (v128.load (local.get $column)) (local.get $from)) (local.get $width)))))
      (i32.store16 (local.get $true) (local.get $m))
      (i32.store16 (local.get $false) (i32.xor (local.get $k) (local.get $m)))
      (local.set $column (i32.add (local.get $column) (i32.const 16)))
      (local.set $known (i32.add (local.get $known) (i32.const 2)))
      (local.set $false (i32.add (local.get $false) (i32.const 2)))
      (br_if $next (i32.lt_u (local.tee $true (i32.add (local.get $true) (i32.const 2))) (local.get $end)))))

  (func $within16 (param $column i32) (param $known i32) (param $true i32) (param $false i32) (param $end i32) (param $low i32) (param $high i32)
    (local $from v128) (local $width v128) (local $k i32) (local $m i32)
    (local.set $from (i16x8.splat (local.get $low)))
    (local.set $width (i16x8.splat (i32.sub (local.get $high) (local.get $low))))
    (loop $next
      (local.set $k (i32.load16_u (local.get $known)))
      (local.set $m (i32.and (local.get $k) (i8x16.bitmask (i8x16.narrow_i16x8_s
        (i16x8.le_u (i16x8.sub (v128.load (local.get $column)) (local.get $from)) (local.get $width))
        (i16x8.le_u (i16x8.sub (v128.load offset=16 (local.get $column)) (local.get $from)) (local.get $width))))))
      (i32.store16 (local.get $true) (local.get $m))
      (i32.store16 (local.get $false) (i32.xor (local.get $k) (local.get $m)))
      (local.set $column (i32.add (local.get $column) (i32.const 32)))
      (local.set $known (i32.add (local.get $known) (i32.const 2)))
      (local.set $false (i32.add (local.get $false) (i32.const 2)))
      (br_if $next (i32.lt_u (local.tee $true (i32.add (local.get $true) (i32.const 2))) (local.get $end)))))

  (func $within32 (param $column i32) (param $known i32) (param $true i32) (param $false i32) (param $end i32) (param $low i32) (param $high i32)
    (local $from v128) (local $width v128) (local $k i32) (local $m i32)
    (local.set $from (i32x4.splat (local.get $low)))
    (local.set $width (i32x4.splat (i32.sub (local.get $high) (local.get $low))))
    (loop $next
      (local.set $k (i32.load16_u (local.get $known)))
      (local.set $m (i32.and (local.get $k) (i8x16.bitmask (i8x16.narrow_i16x8_s
        (i16x8.narrow_i32x4_s
          (i32x4.le_u (i32x4.sub (v128.load (local.get $column)) (local.get $from)) (local.get $width))
          (i32x4.le_u (i32x4.sub (v128.load offset=16 (local.get $column)) (local.get $from)) (local.get $width)))
        (i16x8.narrow_i32x4_s
          (i32x4.le_u (i32x4.sub (v128.load offset=32 (local.get $column)) (local.get $from)) (local.get $width))
          (i32x4.le_u (i32x4.sub (v128.load offset=48 (local.get $column)) (local.get $from)) (local.get $width)))))))
      (i32.store16 (local.get $true) (local.get $m))
      (i32.store16 (local.get $false) (i32.xor (local.get $k) (local.get $m)))
      (local.set $column (i32.add (local.get $column) (i32.const 64)))
      (local.set $known (i32.add (local.get $known) (i32.const 2)))
      (local.set $false (i32.add (local.get $false) (i32.const 2)))
      (br_if $next (i32.lt_u (local.tee $true (i32.add (local.get $true) (i32.const 2))) (local.get $end)))))

  ;; Eight bytes a value: two of them make four lanes of 32 bits, of which the shuffle keeps the lower halves.
  (func $within64 (param $column i32) (param $known i32) (param $true i32) (param $false i32) (param $end i32) (param $low f64) (param $high f64)
    (local $from v128) (local $to v128) (local $k i32) (local $m i32)
    (local.set $from (f64x2.splat (local.get $low)))
    (local.set $to (f64x2.splat (local.get $high)))
    (loop $next
      (local.set $k (i32.load16_u (local.get $known)))
      (local.set $m (i32.and (local.get $k) (i8x16.bitmask (i8x16.narrow_i16x8_s
        (i16x8.narrow_i32x4_s
          (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (v128.and (f64x2.ge (v128.load (local.get $column)) (local.get $from)) (f64x2.le (v128.load (local.get $column)) (local.get $to)))
            (v128.and (f64x2.ge (v128.load offset=16 (local.get $column)) (local.get $from)) (f64x2.le (v128.load offset=16 (local.get $column)) (local.get $to))))
          (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (v128.and (f64x2.ge (v128.load offset=32 (local.get $column)) (local.get $from)) (f64x2.le (v128.load offset=32 (local.get $column)) (local.get $to)))
            (v128.and (f64x2.ge (v128.load offset=48 (local.get $column)) (local.get $from)) (f64x2.le (v128.load offset=48 (local.get $column)) (local.get $to)))))
        (i16x8.narrow_i32x4_s
          (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (v128.and (f64x2.ge (v128.load offset=64 (local.get $column)) (local.get $from)) (f64x2.le (v128.load offset=64 (local.get $column)) (local.get $to)))
            (v128.and (f64x2.ge (v128.load offset=80 (local.get $column)) (local.get $from)) (f64x2.le (v128.load offset=80 (local.get $column)) (local.get $to))))
          (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (v128.and (f64x2.ge (v128.load offset=96 (local.get $column)) (local.get $from)) (f64x2.le (v128.load offset=96 (local.get $column)) (local.get $to)))
            (v128.and (f64x2.ge (v128.load offset=112 (local.get $column)) (local.get $from)) (f64x2.le (v128.load offset=112 (local.get $column)) (local.get $to)))))))))
      (i32.store16 (local.get $true) (local.get $m))
      (i32.store16 (local.get $false) (i32.xor (local.get $k) (local.get $m)))
      (local.set $column (i32.add (local.get $column) (i32.const 128)))
      (local.set $known (i32.add (local.get $known) (i32.const 2)))
      (local.set $false (i32.add (local.get $false) (i32.const 2)))
      (br_if $next (i32.lt_u (local.tee $true (i32.add (local.get $true) (i32.const 2))) (local.get $end)))))

  ;; A code of 0 to 31 that is in the list: $table holds 32 bytes, all ones where it is. An index past 15 picks nothing.
  (func $listed8 (param $column i32) (param $known i32) (param $true i32) (param $false i32) (param $end i32) (param $table i32)
    (local $lower v128) (local $upper v128) (local $codes v128) (local $sixteen v128) (local $k i32) (local $m i32)
    (local.set $lower (v128.load (local.get $table)))
    (local.set $upper (v128.load offset=16 (local.get $table)))
    (local.set $sixteen (i8x16.splat (i32.const 16)))
    (loop $next
      (local.set $k (i32.load (local.get $known)))
      (local.set $m (i32.and (local.get $k) (i32.or
        (i8x16.bitmask (v128.or
          (i8x16.swizzle (local.get $lower) (local.tee $codes (v128.load (local.get $column))))
          (i8x16.swizzle (local.get $upper) (i8x16.sub (local.get $codes) (local.get $sixteen)))))
        (i32.shl (i8x16.bitmask (v128.or
          (i8x16.swizzle (local.get $lower) (local.tee $codes (v128.load offset=16 (local.get $column))))
          (i8x16.swizzle (local.get $upper) (i8x16.sub (local.get $codes) (local.get $sixteen))))) (i32.const 16)))))
      (i32.store (local.get $true) (local.get $m))
      (i32.store (local.get $false) (i32.xor (local.get $k) (local.get $m)))
      (local.set $column (i32.add (local.get $column) (i32.const 32)))
      (local.set $known (i32.add (local.get $known) (i32.const 4)))
      (local.set $false (i32.add (local.get $false) (i32.const 4)))
      (br_if $next (i32.lt_u (local.tee $true (i32.add (local.get $true) (i32.const 4))) (local.get $end)))))

  ;; Two columns: true where left - right <= $most, which is how "less by more than the tolerance" is said.
  (func $below64 (param $left i32) (param $right i32) (param $known i32) (param $true i32) (param $false i32) (param $end i32) (param $most f64)
    (local $by v128) (local $k i32) (local $m i32)
    (local.set $by (f64x2.splat (local.get $most)))
    (loop $next
      (local.set $k (i32.load16_u (local.get $known)))
      (local.set $m (i32.and (local.get $k) (i8x16.bitmask (i8x16.narrow_i16x8_s
        (i16x8.narrow_i32x4_s
          (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (f64x2.le (f64x2.sub (v128.load (local.get $left)) (v128.load (local.get $right))) (local.get $by))
            (f64x2.le (f64x2.sub (v128.load offset=16 (local.get $left)) (v128.load offset=16 (local.get $right))) (local.get $by)))
          (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (f64x2.le (f64x2.sub (v128.load offset=32 (local.get $left)) (v128.load offset=32 (local.get $right))) (local.get $by))
            (f64x2.le (f64x2.sub (v128.load offset=48 (local.get $left)) (v128.load offset=48 (local.get $right))) (local.get $by))))
        (i16x8.narrow_i32x4_s
          (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (f64x2.le (f64x2.sub (v128.load offset=64 (local.get $left)) (v128.load offset=64 (local.get $right))) (local.get $by))
            (f64x2.le (f64x2.sub (v128.load offset=80 (local.get $left)) (v128.load offset=80 (local.get $right))) (local.get $by)))
          (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (f64x2.le (f64x2.sub (v128.load offset=96 (local.get $left)) (v128.load offset=96 (local.get $right))) (local.get $by))
            (f64x2.le (f64x2.sub (v128.load offset=112 (local.get $left)) (v128.load offset=112 (local.get $right))) (local.get $by))))))))
      (i32.store16 (local.get $true) (local.get $m))
      (i32.store16 (local.get $false) (i32.xor (local.get $k) (local.get $m)))
      (local.set $left (i32.add (local.get $left) (i32.const 128)))
      (local.set $right (i32.add (local.get $right) (i32.const 128)))
      (local.set $known (i32.add (local.get $known) (i32.const 2)))
      (local.set $false (i32.add (local.get $false) (i32.const 2)))
      (br_if $next (i32.lt_u (local.tee $true (i32.add (local.get $true) (i32.const 2))) (local.get $end)))))

  ;; Within one of $count pairs of bounds (low, high) that stand at $table.
  (func $listed64 (param $column i32) (param $known i32) (param $true i32) (param $false i32) (param $end i32) (param $table i32) (param $count i32)
    (local $pair i32) (local $last i32) (local $low v128) (local $high v128) (local $k i32) (local $m i32)
    (local.set $last (i32.add (local.get $table) (i32.shl (local.get $count) (i32.const 4))))
    (loop $next
      (local.set $k (i32.load16_u (local.get $known)))
      (local.set $m (i32.const 0))
      (local.set $pair (local.get $table))
      (loop $each
        (local.set $low (v128.load64_splat (local.get $pair)))
        (local.set $high (v128.load64_splat offset=8 (local.get $pair)))
        (local.set $m (i32.or (local.get $m) (i8x16.bitmask (i8x16.narrow_i16x8_s
          (i16x8.narrow_i32x4_s
            (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
              (v128.and (f64x2.ge (v128.load (local.get $column)) (local.get $low)) (f64x2.le (v128.load (local.get $column)) (local.get $high)))
              (v128.and (f64x2.ge (v128.load offset=16 (local.get $column)) (local.get $low)) (f64x2.le (v128.load offset=16 (local.get $column)) (local.get $high))))
            (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
              (v128.and (f64x2.ge (v128.load offset=32 (local.get $column)) (local.get $low)) (f64x2.le (v128.load offset=32 (local.get $column)) (local.get $high)))
              (v128.and (f64x2.ge (v128.load offset=48 (local.get $column)) (local.get $low)) (f64x2.le (v128.load offset=48 (local.get $column)) (local.get $high)))))
          (i16x8.narrow_i32x4_s
            (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
              (v128.and (f64x2.ge (v128.load offset=64 (local.get $column)) (local.get $low)) (f64x2.le (v128.load offset=64 (local.get $column)) (local.get $high)))
              (v128.and (f64x2.ge (v128.load offset=80 (local.get $column)) (local.get $low)) (f64x2.le (v128.load offset=80 (local.get $column)) (local.get $high))))
            (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
              (v128.and (f64x2.ge (v128.load offset=96 (local.get $column)) (local.get $low)) (f64x2.le (v128.load offset=96 (local.get $column)) (local.get $high)))
              (v128.and (f64x2.ge (v128.load offset=112 (local.get $column)) (local.get $low)) (f64x2.le (v128.load offset=112 (local.get $column)) (local.get $high)))))))))
        (br_if $each (i32.lt_u (local.tee $pair (i32.add (local.get $pair) (i32.const 16))) (local.get $last))))
      (local.set $m (i32.and (local.get $k) (local.get $m)))
      (i32.store16 (local.get $true) (local.get $m))
      (i32.store16 (local.get $false) (i32.xor (local.get $k) (local.get $m)))
      (local.set $column (i32.add (local.get $column) (i32.const 128)))
      (local.set $known (i32.add (local.get $known) (i32.const 2)))
      (local.set $false (i32.add (local.get $false) (i32.const 2)))
      (br_if $next (i32.lt_u (local.tee $true (i32.add (local.get $true) (i32.const 2))) (local.get $end)))))

  ;; — words of a closed list, a bit each in 32: no bit is unknown —

  ;; True where all the bits are wanted, false where none is.
  (func $masks (param $column i32) (param $true i32) (param $false i32) (param $end i32) (param $wanted i32)
    (local $in v128) (local $zero v128) (local $some i32) (local $all i32) (local $not i32)
    (local.set $in (i32x4.splat (local.get $wanted)))
    (local.set $zero (v128.const i32x4 0 0 0 0))
    (loop $next
      (local.set $some (i32.xor (i32.const 65535) (i8x16.bitmask (i8x16.narrow_i16x8_s
        (i16x8.narrow_i32x4_s
          (i32x4.eq (v128.load (local.get $column)) (local.get $zero)) (i32x4.eq (v128.load offset=16 (local.get $column)) (local.get $zero)))
        (i16x8.narrow_i32x4_s
          (i32x4.eq (v128.load offset=32 (local.get $column)) (local.get $zero)) (i32x4.eq (v128.load offset=48 (local.get $column)) (local.get $zero)))))))
      (local.set $all (i8x16.bitmask (i8x16.narrow_i16x8_s
        (i16x8.narrow_i32x4_s
          (i32x4.eq (v128.andnot (v128.load (local.get $column)) (local.get $in)) (local.get $zero))
          (i32x4.eq (v128.andnot (v128.load offset=16 (local.get $column)) (local.get $in)) (local.get $zero)))
        (i16x8.narrow_i32x4_s
          (i32x4.eq (v128.andnot (v128.load offset=32 (local.get $column)) (local.get $in)) (local.get $zero))
          (i32x4.eq (v128.andnot (v128.load offset=48 (local.get $column)) (local.get $in)) (local.get $zero))))))
      (local.set $not (i8x16.bitmask (i8x16.narrow_i16x8_s
        (i16x8.narrow_i32x4_s
          (i32x4.eq (v128.and (v128.load (local.get $column)) (local.get $in)) (local.get $zero))
          (i32x4.eq (v128.and (v128.load offset=16 (local.get $column)) (local.get $in)) (local.get $zero)))
        (i16x8.narrow_i32x4_s
          (i32x4.eq (v128.and (v128.load offset=32 (local.get $column)) (local.get $in)) (local.get $zero))
          (i32x4.eq (v128.and (v128.load offset=48 (local.get $column)) (local.get $in)) (local.get $zero))))))
      (i32.store16 (local.get $true) (i32.and (local.get $some) (local.get $all)))
      (i32.store16 (local.get $false) (i32.and (local.get $some) (local.get $not)))
      (local.set $column (i32.add (local.get $column) (i32.const 64)))
      (local.set $false (i32.add (local.get $false) (i32.const 2)))
      (br_if $next (i32.lt_u (local.tee $true (i32.add (local.get $true) (i32.const 2))) (local.get $end)))))

  ;; The one or the other as the test turns out; both together while it is open, unknown where one of them is.
  (func $pick32 (param $left i32) (param $right i32) (param $true i32) (param $false i32) (param $to i32) (param $end i32)
    (local $t v128) (local $f v128) (local $l v128) (local $r v128) (local $zero v128) (local $bits v128) (local $shift i32) (local $tw i32) (local $fw i32)
    (local.set $zero (v128.const i32x4 0 0 0 0))
    (local.set $bits (v128.const i32x4 1 2 4 8))
    (loop $next
      (local.set $tw (i32.load (local.get $true)))
      (local.set $fw (i32.load (local.get $false)))
      (local.set $shift (i32.const 8))
      (loop $each
        (local.set $t (i32x4.ne (v128.and (i32x4.splat (local.get $tw)) (local.get $bits)) (local.get $zero)))
        (local.set $f (i32x4.ne (v128.and (i32x4.splat (local.get $fw)) (local.get $bits)) (local.get $zero)))
        (local.set $l (v128.load (local.get $left)))
        (local.set $r (v128.load (local.get $right)))
        (v128.store (local.get $to) (v128.or
          (v128.or (v128.and (local.get $l) (local.get $t)) (v128.and (local.get $r) (local.get $f)))
          (v128.andnot
            (v128.andnot (v128.or (local.get $l) (local.get $r)) (v128.or (local.get $t) (local.get $f)))
            (v128.or (i32x4.eq (local.get $l) (local.get $zero)) (i32x4.eq (local.get $r) (local.get $zero))))))
        (local.set $tw (i32.shr_u (local.get $tw) (i32.const 4)))
        (local.set $fw (i32.shr_u (local.get $fw) (i32.const 4)))
        (local.set $left (i32.add (local.get $left) (i32.const 16)))
        (local.set $right (i32.add (local.get $right) (i32.const 16)))
        (local.set $to (i32.add (local.get $to) (i32.const 16)))
        (br_if $each (local.tee $shift (i32.sub (local.get $shift) (i32.const 1)))))
      (local.set $true (i32.add (local.get $true) (i32.const 4)))
      (local.set $false (i32.add (local.get $false) (i32.const 4)))
      (br_if $next (i32.lt_u (local.get $to) (local.get $end)))))

  ;; The bits of $mask, moved $left places (to the right where it is negative), beside what $with holds.
  (func $move32 (param $column i32) (param $with i32) (param $to i32) (param $end i32) (param $mask i32) (param $left i32)
    (local $only v128) (local $right i32)
    (local.set $only (i32x4.splat (local.get $mask)))
    (local.set $right (i32.const 0))
    (if (i32.lt_s (local.get $left) (i32.const 0))
      (then (local.set $right (i32.sub (i32.const 0) (local.get $left))) (local.set $left (i32.const 0))))
    (loop $next
      (v128.store (local.get $to) (v128.or (v128.load (local.get $with))
        (i32x4.shl (i32x4.shr_u (v128.and (v128.load (local.get $column)) (local.get $only)) (local.get $right)) (local.get $left))))
      (local.set $column (i32.add (local.get $column) (i32.const 16)))
      (local.set $with (i32.add (local.get $with) (i32.const 16)))
      (br_if $next (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 16))) (local.get $end)))))

  (func $clear (param $to i32) (param $end i32)
    (loop $next
      (v128.store (local.get $to) (v128.const i32x4 0 0 0 0))
      (br_if $next (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 16))) (local.get $end)))))

  ;; Codes of eight bits as single bits; none is bit 30.
  (func $bits8 (param $column i32) (param $known i32) (param $none i32) (param $to i32) (param $end i32)
    (local $k i32) (local $n i32) (local $count i32)
    (loop $next
      (local.set $k (i32.load (local.get $known)))
      (local.set $n (i32.load (local.get $none)))
      (local.set $count (i32.const 32))
      (loop $each
        (i32.store (local.get $to) (select
          (i32.shl (i32.const 1) (i32.load8_u (local.get $column)))
          (i32.shl (i32.and (local.get $n) (i32.const 1)) (i32.const 30))
          (i32.and (local.get $k) (i32.const 1))))
        (local.set $k (i32.shr_u (local.get $k) (i32.const 1)))
        (local.set $n (i32.shr_u (local.get $n) (i32.const 1)))
        (local.set $column (i32.add (local.get $column) (i32.const 1)))
        (local.set $to (i32.add (local.get $to) (i32.const 4)))
        (br_if $each (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))
      (local.set $known (i32.add (local.get $known) (i32.const 4)))
      (local.set $none (i32.add (local.get $none) (i32.const 4)))
      (br_if $next (i32.lt_u (local.get $to) (local.get $end)))))

  ;; — planes, 128 rows at a time —

  ;; All of a list of conditions: $list holds $count pairs of addresses (true, false), $skip bytes into which it begins;
  ;; an odd address is one more than that of a plane which holds this block alone. Behind the pairs is room for as many
  ;; addresses, where this block begins. With true and false exchanged everywhere it is "any of".
  (func $all (param $list i32) (param $count i32) (param $skip i32) (param $true i32) (param $false i32) (param $end i32)
    (local $pair i32) (local $here i32) (local $last i32) (local $t v128) (local $f v128)
    (local.set $here (local.tee $last (i32.add (local.get $list) (i32.shl (local.get $count) (i32.const 3)))))
    (local.set $pair (local.get $list))
    (loop $each
      (i32.store (local.get $here) (select
        (i32.sub (i32.load (local.get $pair)) (i32.const 1))
        (i32.add (i32.load (local.get $pair)) (local.get $skip))
        (i32.and (i32.load (local.get $pair)) (i32.const 1))))
      (local.set $here (i32.add (local.get $here) (i32.const 4)))
      (br_if $each (i32.lt_u (local.tee $pair (i32.add (local.get $pair) (i32.const 4))) (local.get $last))))
    (local.set $list (local.get $last))
    (local.set $last (i32.add (local.get $last) (i32.shl (local.get $count) (i32.const 3))))
    (local.set $skip (i32.const 0))
    (loop $next
      (local.set $pair (local.get $list))
      (local.set $t (v128.const i32x4 -1 -1 -1 -1))
      (local.set $f (v128.const i32x4 0 0 0 0))
      (loop $each
        (local.set $t (v128.and (local.get $t) (v128.load (i32.add (i32.load (local.get $pair)) (local.get $skip)))))
        (local.set $f (v128.or (local.get $f) (v128.load (i32.add (i32.load offset=4 (local.get $pair)) (local.get $skip)))))
        (br_if $each (i32.lt_u (local.tee $pair (i32.add (local.get $pair) (i32.const 8))) (local.get $last))))
      (v128.store (local.get $true) (local.get $t))
      (v128.store (local.get $false) (local.get $f))
      (local.set $skip (i32.add (local.get $skip) (i32.const 16)))
      (local.set $false (i32.add (local.get $false) (i32.const 16)))
      (br_if $next (i32.lt_u (local.tee $true (i32.add (local.get $true) (i32.const 16))) (local.get $end)))))

  (func $and (param $left i32) (param $right i32) (param $to i32) (param $end i32)
    (loop $next
      (v128.store (local.get $to) (v128.and (v128.load (local.get $left)) (v128.load (local.get $right))))
      (local.set $left (i32.add (local.get $left) (i32.const 16)))
      (local.set $right (i32.add (local.get $right) (i32.const 16)))
      (br_if $next (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 16))) (local.get $end)))))

  (func $or (param $left i32) (param $right i32) (param $to i32) (param $end i32)
    (loop $next
      (v128.store (local.get $to) (v128.or (v128.load (local.get $left)) (v128.load (local.get $right))))
      (local.set $left (i32.add (local.get $left) (i32.const 16)))
      (local.set $right (i32.add (local.get $right) (i32.const 16)))
      (br_if $next (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 16))) (local.get $end)))))

  ;; — numbers, two at a time; $step is 16, or 0 where the right side is one number written twice —

  (func $add (export "add") (param $left i32) (param $right i32) (param $step i32) (param $to i32) (param $end i32)
    (loop $next
      (v128.store (local.get $to) (f64x2.add (v128.load (local.get $left)) (v128.load (local.get $right))))
      (local.set $left (i32.add (local.get $left) (i32.const 16)))
      (local.set $right (i32.add (local.get $right) (local.get $step)))
      (br_if $next (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 16))) (local.get $end)))))

  (func $subtract (export "subtract") (param $left i32) (param $right i32) (param $step i32) (param $to i32) (param $end i32)
    (loop $next
      (v128.store (local.get $to) (f64x2.sub (v128.load (local.get $left)) (v128.load (local.get $right))))
      (local.set $left (i32.add (local.get $left) (i32.const 16)))
      (local.set $right (i32.add (local.get $right) (local.get $step)))
      (br_if $next (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 16))) (local.get $end)))))

  (func $multiply (export "multiply") (param $left i32) (param $right i32) (param $step i32) (param $to i32) (param $end i32)
    (loop $next
      (v128.store (local.get $to) (f64x2.mul (v128.load (local.get $left)) (v128.load (local.get $right))))
      (local.set $left (i32.add (local.get $left) (i32.const 16)))
      (local.set $right (i32.add (local.get $right) (local.get $step)))
      (br_if $next (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 16))) (local.get $end)))))

  (func $divide (param $left i32) (param $right i32) (param $step i32) (param $to i32) (param $end i32)
    (loop $next
      (v128.store (local.get $to) (f64x2.div (v128.load (local.get $left)) (v128.load (local.get $right))))
      (local.set $left (i32.add (local.get $left) (i32.const 16)))
      (local.set $right (i32.add (local.get $right) (local.get $step)))
      (br_if $next (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 16))) (local.get $end)))))

  ;; The one where the bit is set, else the other.
  (func $pick64 (param $left i32) (param $right i32) (param $test i32) (param $to i32) (param $end i32)
    (local $t v128) (local $zero v128) (local $bits v128) (local $word i32) (local $count i32)
    (local.set $zero (v128.const i64x2 0 0))
    (local.set $bits (v128.const i64x2 1 2))
    (loop $next
      (local.set $word (i32.load (local.get $test)))
      (local.set $count (i32.const 16))
      (loop $each
        (local.set $t (i64x2.ne (v128.and (i32x4.splat (local.get $word)) (local.get $bits)) (local.get $zero)))
        (v128.store (local.get $to) (v128.bitselect (v128.load (local.get $left)) (v128.load (local.get $right)) (local.get $t)))
        (local.set $word (i32.shr_u (local.get $word) (i32.const 2)))
        (local.set $left (i32.add (local.get $left) (i32.const 16)))
        (local.set $right (i32.add (local.get $right) (i32.const 16)))
        (local.set $to (i32.add (local.get $to) (i32.const 16)))
        (br_if $each (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))
      (local.set $test (i32.add (local.get $test) (i32.const 4)))
      (br_if $next (i32.lt_u (local.get $to) (local.get $end)))))

  (func $lesser (param $left i32) (param $right i32) (param $to i32) (param $end i32)
    (loop $next
      (v128.store (local.get $to) (f64x2.min (v128.load (local.get $left)) (v128.load (local.get $right))))
      (local.set $left (i32.add (local.get $left) (i32.const 16)))
      (local.set $right (i32.add (local.get $right) (i32.const 16)))
      (br_if $next (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 16))) (local.get $end)))))

  (func $greater (param $left i32) (param $right i32) (param $to i32) (param $end i32)
    (loop $next
      (v128.store (local.get $to) (f64x2.max (v128.load (local.get $left)) (v128.load (local.get $right))))
      (local.set $left (i32.add (local.get $left) (i32.const 16)))
      (local.set $right (i32.add (local.get $right) (i32.const 16)))
      (br_if $next (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 16))) (local.get $end)))))

  ;; To the whole number, half up: what is added is one half, then $more.
  (func $round (param $column i32) (param $to i32) (param $end i32) (param $more f64)
    (local $half v128) (local $rest v128)
    (local.set $half (f64x2.splat (f64.const 0.5)))
    (local.set $rest (f64x2.splat (local.get $more)))
    (loop $next
      (v128.store (local.get $to) (f64x2.floor (f64x2.add (f64x2.add (v128.load (local.get $column)) (local.get $half)) (local.get $rest))))
      (local.set $column (i32.add (local.get $column) (i32.const 16)))
      (br_if $next (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 16))) (local.get $end)))))

  ;; Narrow whole numbers to numbers of eight bytes.
  (func $widen8 (param $column i32) (param $to i32) (param $end i32)
    (local $four v128)
    (loop $next
      (local.set $four (i32x4.extend_low_i16x8_s (i16x8.extend_low_i8x16_s (v128.load32_zero (local.get $column)))))
      (v128.store (local.get $to) (f64x2.convert_low_i32x4_s (local.get $four)))
      (v128.store offset=16 (local.get $to) (f64x2.convert_low_i32x4_s
        (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $four) (local.get $four))))
      (local.set $column (i32.add (local.get $column) (i32.const 4)))
      (br_if $next (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 32))) (local.get $end)))))

  (func $widen16 (param $column i32) (param $to i32) (param $end i32)
    (local $four v128)
    (loop $next
      (local.set $four (v128.load16x4_s (local.get $column)))
      (v128.store (local.get $to) (f64x2.convert_low_i32x4_s (local.get $four)))
      (v128.store offset=16 (local.get $to) (f64x2.convert_low_i32x4_s
        (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $four) (local.get $four))))
      (local.set $column (i32.add (local.get $column) (i32.const 8)))
      (br_if $next (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 32))) (local.get $end)))))

  (func $widen32 (param $column i32) (param $to i32) (param $end i32)
    (local $four v128)
    (loop $next
      (local.set $four (v128.load (local.get $column)))
      (v128.store (local.get $to) (f64x2.convert_low_i32x4_s (local.get $four)))
      (v128.store offset=16 (local.get $to) (f64x2.convert_low_i32x4_s
        (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $four) (local.get $four))))
      (local.set $column (i32.add (local.get $column) (i32.const 16)))
      (br_if $next (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 32))) (local.get $end)))))

  ;; — a program: many of the above over one block of rows, without leaving here —

  ;; A record is 64 bytes: what to do (in the order of program.ts); a and b as addresses of row 0, each with the bits a row
  ;; takes there; yes and no; the bits a row takes in yes; two whole numbers, the first perhaps the address of a plane; two
  ;; numbers of eight bytes; how many bits of yes to skip a row; and which of no (1) and the whole number (2) are planes to
  ;; be skipped into. Where nothing is skipped the address is that of this block.
  (func (export "run") (param $at i32) (param $last i32) (param $from i32) (param $to i32)
    (local $a i32) (local $b i32) (local $yes i32) (local $no i32) (local $x i32) (local $end i32) (local $skip i32) (local $length i32)
    (local.set $skip (i32.shr_u (local.get $from) (i32.const 3)))
    (local.set $length (i32.sub (i32.shr_u (local.get $to) (i32.const 3)) (local.get $skip)))
    (loop $next
      (local.set $a (i32.add (i32.load offset=4 (local.get $at)) (i32.mul (local.get $skip) (i32.load offset=8 (local.get $at)))))
      (local.set $b (i32.add (i32.load offset=12 (local.get $at)) (i32.mul (local.get $skip) (i32.load offset=16 (local.get $at)))))
      (local.set $yes (i32.add (i32.load offset=20 (local.get $at)) (i32.mul (local.get $skip) (i32.load offset=56 (local.get $at)))))
      (local.set $no (i32.add (i32.load offset=24 (local.get $at))
        (i32.mul (local.get $skip) (i32.and (i32.load offset=60 (local.get $at)) (i32.const 1)))))
      (local.set $x (i32.add (i32.load offset=32 (local.get $at))
        (i32.mul (local.get $skip) (i32.shr_u (i32.load offset=60 (local.get $at)) (i32.const 1)))))
      (local.set $end (i32.add (local.get $yes) (i32.mul (local.get $length) (i32.load offset=28 (local.get $at)))))
      (block $done
        (block $is29
        (block $is28
        (block $is27
        (block $is26
        (block $is25
        (block $is24
        (block $is23
        (block $is22
        (block $is21
        (block $is20
        (block $is19
        (block $is18
        (block $is17
        (block $is16
        (block $is15
        (block $is14
        (block $is13
        (block $is12
        (block $is11
        (block $is10
        (block $is9
        (block $is8
        (block $is7
        (block $is6
        (block $is5
        (block $is4
        (block $is3
        (block $is2
        (block $is1
        (block $is0
          (br_table $is0 $is1 $is2 $is3 $is4 $is5 $is6 $is7 $is8 $is9 $is10 $is11 $is12 $is13 $is14 $is15 $is16 $is17 $is18 $is19 $is20 $is21 $is22 $is23 $is24 $is25 $is26 $is27 $is28 $is29 (i32.load (local.get $at))))
          ;; above8
          (call $above8 (local.get $a) (local.get $b) (local.get $yes) (local.get $no) (local.get $end) (i32.load offset=32 (local.get $at)))
          (br $done))
          ;; above16
          (call $above16 (local.get $a) (local.get $b) (local.get $yes) (local.get $no) (local.get $end) (i32.load offset=32 (local.get $at)))
          (br $done))
          ;; above32
          (call $above32 (local.get $a) (local.get $b) (local.get $yes) (local.get $no) (local.get $end) (i32.load offset=32 (local.get $at)))
          (br $done))
          ;; above64
          (call $above64 (local.get $a) (local.get $b) (local.get $yes) (local.get $no) (local.get $end) (f64.load offset=40 (local.get $at)))
          (br $done))
          ;; within8
          (call $within8 (local.get $a) (local.get $b) (local.get $yes) (local.get $no) (local.get $end) (i32.load offset=32 (local.get $at)) (i32.load offset=36 (local.get $at)))
          (br $done))
          ;; within16
          (call $within16 (local.get $a) (local.get $b) (local.get $yes) (local.get $no) (local.get $end) (i32.load offset=32 (local.get $at)) (i32.load offset=36 (local.get $at)))
          (br $done))
          ;; within32
          (call $within32 (local.get $a) (local.get $b) (local.get $yes) (local.get $no) (local.get $end) (i32.load offset=32 (local.get $at)) (i32.load offset=36 (local.get $at)))
          (br $done))
          ;; within64
          (call $within64 (local.get $a) (local.get $b) (local.get $yes) (local.get $no) (local.get $end) (f64.load offset=40 (local.get $at)) (f64.load offset=48 (local.get $at)))
          (br $done))
          ;; listed8
          (call $listed8 (local.get $a) (local.get $b) (local.get $yes) (local.get $no) (local.get $end) (i32.load offset=32 (local.get $at)))
          (br $done))
          ;; listed64
          (call $listed64 (local.get $a) (local.get $b) (local.get $yes) (local.get $no) (local.get $end) (i32.load offset=32 (local.get $at)) (i32.load offset=36 (local.get $at)))
          (br $done))
          ;; masks
          (call $masks (local.get $a) (local.get $yes) (local.get $no) (local.get $end) (i32.load offset=32 (local.get $at)))
          (br $done))
          ;; all
          (call $all (local.get $a) (i32.load offset=32 (local.get $at)) (local.get $skip) (local.get $yes) (local.get $no) (local.get $end))
          (br $done))
          ;; below64
          (call $below64 (local.get $a) (local.get $b) (local.get $x) (local.get $yes) (local.get $no) (local.get $end) (f64.load offset=40 (local.get $at)))
          (br $done))
          ;; add
          (call $add (local.get $a) (local.get $b) (i32.load offset=32 (local.get $at)) (local.get $yes) (local.get $end))
          (br $done))
          ;; subtract
          (call $subtract (local.get $a) (local.get $b) (i32.load offset=32 (local.get $at)) (local.get $yes) (local.get $end))
          (br $done))
          ;; multiply
          (call $multiply (local.get $a) (local.get $b) (i32.load offset=32 (local.get $at)) (local.get $yes) (local.get $end))
          (br $done))
          ;; divide
          (call $divide (local.get $a) (local.get $b) (i32.load offset=32 (local.get $at)) (local.get $yes) (local.get $end))
          (br $done))
          ;; lesser
          (call $lesser (local.get $a) (local.get $b) (local.get $yes) (local.get $end))
          (br $done))
          ;; greater
          (call $greater (local.get $a) (local.get $b) (local.get $yes) (local.get $end))
          (br $done))
          ;; round
          (call $round (local.get $a) (local.get $yes) (local.get $end) (f64.load offset=40 (local.get $at)))
          (br $done))
          ;; pick64
          (call $pick64 (local.get $a) (local.get $b) (local.get $x) (local.get $yes) (local.get $end))
          (br $done))
          ;; pick32
          (call $pick32 (local.get $a) (local.get $b) (local.get $x) (local.get $no) (local.get $yes) (local.get $end))
          (br $done))
          ;; move32
          (call $move32 (local.get $a) (local.get $b) (local.get $yes) (local.get $end) (i32.load offset=32 (local.get $at)) (i32.load offset=36 (local.get $at)))
          (br $done))
          ;; bits8
          (call $bits8 (local.get $a) (local.get $b) (local.get $x) (local.get $yes) (local.get $end))
          (br $done))
          ;; clear
          (call $clear (local.get $yes) (local.get $end))
          (br $done))
          ;; widen8
          (call $widen8 (local.get $a) (local.get $yes) (local.get $end))
          (br $done))
          ;; widen16
          (call $widen16 (local.get $a) (local.get $yes) (local.get $end))
          (br $done))
          ;; widen32
          (call $widen32 (local.get $a) (local.get $yes) (local.get $end))
          (br $done))
          ;; and
          (call $and (local.get $a) (local.get $b) (local.get $yes) (local.get $end))
          (br $done))
          ;; or
          (call $or (local.get $a) (local.get $b) (local.get $yes) (local.get $end))
          (br $done)
      )
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 64))) (local.get $last)))))
)
