// The GLSL programs of the canvas: signs, lines and labels. Colours leave every shader multiplied
// by their alpha.
#pragma once

namespace exitwave::views::shaders {

// `uView` is the view's size in logical pixels, `uScale` the physical pixels in one of them.

/// Signs as points (POINTS defined: one vertex each) or as quads. All distances behind the vertex
/// stage are physical pixels, y down.
inline constexpr const char* markVertex = R"(
uniform vec2 uView;
uniform float uScale;
layout(location = 0) in vec2 aCenter;
layout(location = 1) in vec2 aCorner;
layout(location = 2) in vec4 aSize;   // radius, half width, stroke, reach
layout(location = 3) in float aShape;
layout(location = 4) in vec4 aColor;
layout(location = 5) in vec4 aFill;
flat out vec4 vSize;
flat out int vShape;
flat out vec4 vColor;
flat out vec4 vFill;
out vec2 vOffset;
void main() {
    vSize = aSize * uScale;
    vShape = int(aShape + 0.5);
    vColor = aColor;
    vFill = aFill;
    float reach = vSize.w + 1.0;
    vec2 at = aCenter;
#ifdef POINTS
    gl_PointSize = 2.0 * ceil(reach);
    vOffset = vec2(0.0);
#else
    vec2 extent = vShape == 100 ? vec2(vSize.y, vSize.x) + 1.0 : vec2(reach);
    vOffset = aCorner * extent;
    at += vOffset / uScale;
#endif
    gl_Position = vec4(at.x / uView.x * 2.0 - 1.0, 1.0 - at.y / uView.y * 2.0, 0.0, 1.0);
}
)";

inline constexpr const char* markFragment = R"(
flat in vec4 vSize;
flat in int vShape;
flat in vec4 vColor;
flat in vec4 vFill;
in vec2 vOffset;
out vec4 oColor;

// How much of a pixel lies inside an edge at signed distance d (negative: inside).
float cover(float d) { return clamp(0.5 - d, 0.0, 1.0); }
float box(vec2 p, vec2 halfSize, float corner) {
    vec2 q = abs(p) - halfSize + corner;
    return length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - corner;
}
float segment(vec2 p, vec2 a, vec2 b) {
    vec2 ab = b - a;
    return length(p - a - ab * clamp(dot(p - a, ab) / dot(ab, ab), 0.0, 1.0));
}
void main() {
#ifdef POINTS
    vec2 p = (gl_PointCoord - 0.5) * 2.0 * ceil(vSize.w + 1.0);
#else
    vec2 p = vOffset;
#endif
    float r = vSize.x;
    float w = vSize.z;
    float d = length(p);
    float ring = abs(d - (r - w * 0.5)) - w * 0.5;
    float stroke = 0.0;
    float fill = 0.0;
    if (vShape == 0) {                       // Disc
        stroke = cover(d - r);
    } else if (vShape == 1) {                // Square
        float edge = box(p, vec2(r - w * 0.5), r * CORNER);
        stroke = cover(abs(edge) - w * 0.5);
        fill = cover(edge);
    } else if (vShape == 2) {                // Ring
        stroke = cover(ring);
        fill = cover(d - r + w * 0.5);
    } else if (vShape == 3) {                // RingCross
        vec2 arm = vec2(r * CROSS);
        float cross = min(segment(p, -arm, arm), segment(p, vec2(-arm.x, arm.y), vec2(arm.x, -arm.y)));
        stroke = max(cover(ring), cover(cross - w * 0.5));
        fill = cover(d - r + w * 0.5);
    } else if (vShape == 4) {                // RingBar
        float bar = segment(p, vec2(-r * BAR, 0.0), vec2(r * BAR, 0.0));
        stroke = max(cover(ring), cover(bar - w * 0.5));
        fill = cover(d - r + w * 0.5);
    } else if (vShape == 5) {                // Circle
        stroke = cover(ring);
    } else if (vShape == 6) {                // Bead
        stroke = 1.0 - smoothstep(r * BEAD, r, d);
    } else if (vShape == 7) {                // Shield: upper half of a ring, round ends
        float middle = vSize.w - w * 0.5;
        float arc = p.y < 0.0 ? abs(d - middle) : length(vec2(abs(p.x) - middle, p.y));
        stroke = cover(arc - w * 0.5);
    } else if (vShape == 8) {                // Dot
        stroke = cover(max(abs(p.x), abs(p.y)) - r);
    } else {                                 // the box behind a label
        float edge = box(p, vec2(vSize.y, r), r);
        fill = cover(edge);
        stroke = w > 0.0 ? cover(abs(edge + w * 0.5) - w * 0.5) : 0.0;
    }
    float sa = stroke * vColor.a;
    float fa = fill * vFill.a * (1.0 - sa);
    oColor = vec4(vColor.rgb * sa + vFill.rgb * fa, sa + fa);
}
)";

inline constexpr const char* lineVertex = R"(
uniform vec2 uView;
uniform float uScale;
layout(location = 0) in vec2 aAt;
layout(location = 1) in vec2 aPlace;   // along, across
layout(location = 2) in vec3 aLine;    // length, half width, stroke
layout(location = 3) in vec4 aColor;
out vec2 vPlace;
flat out vec3 vLine;
flat out vec4 vColor;
void main() {
    vPlace = aPlace;
    vLine = aLine;
    vColor = aColor;
    gl_Position = vec4(aAt.x / uView.x * 2.0 - 1.0, 1.0 - aAt.y / uView.y * 2.0, 0.0, 1.0);
}
)";

/// THIN defined: GL_LINES, which have no width to soften.
inline constexpr const char* lineFragment = R"(
uniform float uScale;
in vec2 vPlace;
flat in vec3 vLine;
flat in vec4 vColor;
out vec4 oColor;
void main() {
    float along = vPlace.x;
    float across = abs(vPlace.y);
    float half_ = max(vLine.y, 0.5);
    int stroke = int(vLine.z + 0.5);
    float a = min(1.0, 2.0 * vLine.y);   // thinner than a pixel: fainter instead
#ifndef THIN
    a *= clamp(along + 0.5, 0.0, 1.0) * clamp(vLine.x - along + 0.5, 0.0, 1.0);
#endif
    if (stroke == 1) {
        float period = (DASH_ON + DASH_OFF) * uScale;
        float on = DASH_ON * uScale;
        float gone = abs(mod(along + (period - on) * 0.5, period) - period * 0.5);
        a *= clamp(on * 0.5 - gone + 0.5, 0.0, 1.0);
    } else if (stroke == 2) {
        float period = DOT_STEP * uScale;
        float gone = abs(mod(along + period * 0.5 - half_, period) - period * 0.5);
        float r = max(half_, DOT_SIZE * 0.5 * uScale);
#ifdef THIN
        a *= clamp(r - gone + 0.5, 0.0, 1.0);
#else
        a *= clamp(r - length(vec2(gone, across)) + 0.5, 0.0, 1.0);
#endif
    }
#ifndef THIN
    if (stroke == 3) {
        a *= clamp((1.0 - along / max(vLine.x, 1.0)) * half_ - across + 0.5, 0.0, 1.0);
    } else if (stroke != 2) {
        a *= clamp(half_ - across + 0.5, 0.0, 1.0);
    }
#endif
    oColor = vec4(vColor.rgb * vColor.a, vColor.a) * a;
}
)";

inline constexpr const char* textVertex = R"(
uniform vec2 uView;
layout(location = 0) in vec2 aAt;
layout(location = 1) in vec2 aUv;
layout(location = 2) in vec4 aColor;
out vec2 vUv;
flat out vec4 vColor;
void main() {
    vUv = aUv;
    vColor = aColor;
    gl_Position = vec4(aAt.x / uView.x * 2.0 - 1.0, 1.0 - aAt.y / uView.y * 2.0, 0.0, 1.0);
}
)";

inline constexpr const char* textFragment = R"(
uniform sampler2D uAtlas;
in vec2 vUv;
flat in vec4 vColor;
out vec4 oColor;
void main() {
    float a = texture(uAtlas, vUv).r * vColor.a;
    oColor = vec4(vColor.rgb * a, a);
}
)";

} // namespace exitwave::views::shaders
