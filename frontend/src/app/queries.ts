/** TanStack Query for everything that is not mail. Keys are [documentName, variables]. */
import { QueryClient } from "@tanstack/react-query";
import { isApiError } from "@/api";

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // Who asks without a connection is told so, and does not wait for nothing.
      networkMode: "always",
      staleTime: 30_000,
      refetchOnWindowFocus: true,
      retry: (count, error) =>
        count < 2 &&
        (isApiError(error, "OFFLINE") || isApiError(error, "TIMEOUT") || isApiError(error, "UNAVAILABLE")),
    },
    mutations: { networkMode: "always", retry: false },
  },
});
