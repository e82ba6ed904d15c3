// The screens of e-mail and phone steps, loaded when a workflow has one: most have not.
export { default as Address } from './Address.svelte';
export { default as Code } from './Code.svelte';
