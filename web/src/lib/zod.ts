import { z } from "zod";

z.config({ jitless: true }); // the content security policy lets no text be run as a program

/** The schemas of forms. Imported from here, never from the package itself. */
export { z };
