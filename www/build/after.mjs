// What Trunk runs after its own build, one after the other (its hooks of one stage run side by side).
import "./laboratory.mjs";
import "./finish.mjs";
