/** English is the source language: its catalogue is extracted from the code, never written by hand; German is. */
export default {
  sourceLocale: "en",
  locales: ["en", "de"],
  catalogs: [
    { path: "<rootDir>/src/locales/{locale}", include: ["src"], exclude: ["**/*.test.*", "src/api/gql/**"] },
  ],
  format: "po",
  formatOptions: { lineNumbers: false, origins: false },
  orderBy: "message",
};
