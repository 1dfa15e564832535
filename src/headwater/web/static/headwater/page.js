import { initAll } from "../vendor/govuk/govuk-frontend.min.js";
import { keepDrafts } from "./keep.js";

keepDrafts();
initAll();
